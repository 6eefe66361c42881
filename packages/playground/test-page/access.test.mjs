import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeViolations, DESKTOP, openSite, PHONE } from '../../../.ci/page/open.mjs'
import { generate, openTab, PROVIDERS, PUT, putIntoVerify, TAMPER, verdict } from './steps.mjs'

let site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

/** What each tab has to show: with all that comes and goes. */
const VIEWS = {
  'Verify, empty': (page) => openTab(page, 'Verify'),
  'Verify, refused': async (page) => {
    const panel = await generate(page, 'agilepoint')
    await putIntoVerify(panel, TAMPER)
    await verdict(page).getByText('Refused:').waitFor()
  },
  'Verify, accepted': async (page) => {
    const panel = await generate(page, 'global-commerce')
    await putIntoVerify(panel, PUT)
    await verdict(page).getByText('Accepted by').waitFor()
  },
  'Verify, not possible': async (page) => {
    const panel = await openTab(page, 'Verify')
    await panel.getByRole('button', { name: 'Verify', exact: true }).click()
    await verdict(page).getByText('Not verified').waitFor()
    await panel.getByRole('radio', { name: 'Headers and body' }).check()
  },
  'Rotation, lost': async (page) => {
    const panel = await openTab(page, 'Rotation')
    await panel.getByRole('button', { name: 'Both slots at once, by force' }).click()
    await panel.getByText('✕ Lost').waitFor()
    await panel.getByText('The picture in words').click()
  },
  'Rotation, refused': async (page) => {
    const panel = await openTab(page, 'Rotation')
    await panel.getByLabel('Provider').selectOption(PROVIDERS['global-commerce'])
    await panel.getByRole('button', { name: 'Six secrets' }).click()
    await panel.getByText('too-many-keys').waitFor()
  },
  Generate: (page) => generate(page, 'agilepoint'),
}

const SHAPES = [
  ['light, on a desk', { viewport: DESKTOP }],
  ['dark, on a desk', { viewport: DESKTOP, colorScheme: 'dark' }],
  ['light, on a phone', { viewport: PHONE }],
  ['dark, on a phone', { viewport: PHONE, colorScheme: 'dark' }],
]

describe.each(SHAPES)('%s', (_, options) => {
  it.each(Object.entries(VIEWS))('%s breaks no rule, and is not wider than the window', async (_, show) => {
    const page = await site.open(options)
    await show(page)
    expect(await axeViolations(page)).toEqual([])
    const width = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth])
    expect(width).toEqual([options.viewport.width, options.viewport.width])
    expect(page.noticed).toEqual([])
    await page.context().close()
  })
})

describe('the rules', () => {
  it('would tell of a field without a label, and of pale text', async () => {
    const page = await site.open()
    await page.evaluate(() => {
      document.querySelector('main').append(document.createElement('input'))
      document.querySelector('h1').setAttribute('class', 'hint')
      document.querySelector('h1').style.color = '#ccc'
    })
    const found = (await axeViolations(page)).map((line) => line.split(':')[0])
    expect(found).toEqual(expect.arrayContaining(['label', 'color-contrast']))
    await page.context().close()
  })
})

describe('by keyboard alone', () => {
  it('a delivery is tampered with, and its verdict reached', async () => {
    const page = await site.open()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    expect(await focused(page)).toBe('tab Verify')
    await page.keyboard.press('End')
    expect(await focused(page)).toBe('tab Generate')
    await tabTo(page, 'button Tamper, and put it into Verify')
    await page.keyboard.press('Enter')
    await verdict(page).getByText('Refused:').waitFor()
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('verdict')
    expect(page.noticed).toEqual([])
    await page.context().close()
  })

  it('the tabs are walked by arrows, and every stop is seen', async () => {
    const page = await site.open()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowLeft')
    expect(await focused(page)).toBe('tab Generate')
    await page.keyboard.press('ArrowRight')
    expect(await focused(page)).toBe('tab Verify')
    await page.keyboard.press('ArrowRight')
    expect(await focused(page)).toBe('tab Rotation')
    const invisible = []
    for (let stops = 0; stops < 60; stops++) {
      await page.keyboard.press('Tab')
      if (await page.evaluate(() => document.activeElement === document.body)) break
      const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle)
      if (outline === 'none') invisible.push(await focused(page))
    }
    expect(invisible).toEqual([])
    await page.context().close()
  })
})

const focused = (page) =>
  page.evaluate(() => {
    const { role, tagName, textContent } = document.activeElement
    return `${role ?? tagName.toLowerCase()} ${textContent}`
  })

async function tabTo(page, wanted) {
  for (let stops = 0; stops < 60; stops++) {
    if ((await focused(page)) === wanted) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`no Tab leads to: ${wanted}`)
}

describe('the theme', () => {
  it("is the system's until somebody presses, and the button tells which", async () => {
    const page = await site.open({ colorScheme: 'dark' })
    const button = page.getByRole('button', { name: 'Dark' })
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    expect(await button.getAttribute('aria-pressed')).toBe('true')
    const dark = await paper()
    await button.click()
    expect(await button.getAttribute('aria-pressed')).toBe('false')
    expect(await paper()).not.toBe(dark)
    await button.click()
    expect(await paper()).toBe(dark)
    await page.context().close()
  })
})
