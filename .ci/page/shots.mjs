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

/** One column, as wide as a README shows it. */
const PICTURE = { width: 800, height: 800 }
const MARGIN = 24
const EVENT = '{"id":"evt_7f3a9c","type":"asset.approved","asset":"OL-204815"}'

/** What the Verify tab says of a refused delivery whose body was written anew: from the verdict to the last of its bytes. */
export async function takePicture(path) {
  const site = await openSite()
  try {
    const page = await site.open({ viewport: PICTURE })
    const generate = page.getByRole('tabpanel', { name: 'Generate' })
    await page.getByRole('tab', { name: 'Generate' }).click()
    await generate.getByLabel('Body', { exact: true }).fill(EVENT)
    await generate.getByRole('button', { name: 'Tamper, and put it into Verify' }).click()
    await page.getByText('Refused:').waitFor()
    const scrolled = await page.evaluate(() => scrollY)
    const { y, height } = await page.getByRole('region', { name: 'Result' }).boundingBox()
    const clip = { x: 0, y: y + scrolled - MARGIN, width: PICTURE.width, height: height + 2 * MARGIN }
    await page.screenshot({ path, fullPage: true, clip })
  } finally {
    await site.close()
  }
}
