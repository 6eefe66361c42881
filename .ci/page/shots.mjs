import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DESKTOP, openSite, PHONE } from './open.mjs'

/** Pictures of each tab, in light and dark, on a desk and on a phone. For the eyes: nothing is compared. */
export async function takeShots(folder) {
  mkdirSync(folder, { recursive: true })
  const site = await openSite()
  try {
    for (const [name, options] of [
      ['light', { viewport: DESKTOP }],
      ['dark', { viewport: DESKTOP, colorScheme: 'dark' }],
      ['phone', { viewport: PHONE }],
    ]) {
      const page = await site.open(options)
      const shoot = (what) => page.screenshot({ path: join(folder, `${name}-${what}.png`), fullPage: true })
      await shoot('0-empty')
      await page.getByRole('tab', { name: 'Generate' }).click()
      await shoot('1-generate')
      await page.getByRole('button', { name: 'Tamper, and put it into Verify' }).click()
      await page.getByText('Refused:').waitFor()
      await shoot('2-verify')
      await page.getByRole('tab', { name: 'Rotation' }).click()
      await page.getByRole('button', { name: 'Both slots at once, by force' }).click()
      await page.getByText('everything is lost').waitFor()
      await shoot('3-rotation')
      await page.close()
    }
  } finally {
    await site.close()
  }
}
