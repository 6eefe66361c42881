import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeViolations, DESKTOP, openSite, PHONE } from '../../../.ci/page/open.mjs'
import { generate, openTab, PROVIDERS, PUT, pressVerify, putIntoVerify, TAMPER, verdict } from './steps.mjs'

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

describe('the focus', () => {
  const press = async (page, name) => {
    await page.getByRole('button', { name, exact: true }).focus()
    await page.keyboard.press('Enter')
  }
  /** By what it is called: role and name. */
  const holder = (page) =>
    page.evaluate(() => {
      const { tagName, id, ariaLabel, textContent, labels } = document.activeElement
      return `${tagName.toLowerCase()} ${ariaLabel ?? labels?.[0]?.textContent ?? (textContent.slice(0, 40) || id)}`
    })

  it('goes to what stands in the place of a control that vanished', async () => {
    const page = await site.open()
    const panel = await openTab(page, 'Verify')
    await press(page, 'Add a key')
    await press(page, 'Remove key-2')
    await expect.poll(() => holder(page)).toBe('button Add a key')
    for (let count = 1; count < 16; count++) await page.keyboard.press('Enter')
    await expect.poll(() => holder(page)).toBe('input Secret')
    expect(await panel.getByLabel('Secret', { exact: true }).count()).toBe(16)

    const file = panel.getByLabel('Or a file')
    await file.focus()
    await file.setInputFiles({ name: 'a.http', mimeType: 'text/plain', buffer: Buffer.from('none') })
    await expect.poll(() => holder(page)).toBe('button Take the text')
    await page.keyboard.press('Enter')
    await expect.poll(() => holder(page)).toBe('input Or a file')

    const rotation = await openTab(page, 'Rotation')
    await rotation.getByLabel('Provider').selectOption(PROVIDERS.autify)
    await press(page, 'Stage a new key')
    await press(page, 'Switch to key-2')
    await expect.poll(() => holder(page)).toBe('button Rotate')
    await press(page, 'Revoke it')
    await page.keyboard.press('Enter')
    await expect.poll(() => holder(page)).toBe('button Rotate')
    expect(page.noticed).toEqual([])
    await page.context().close()
  })

  it('is not called back by what vanishes later', async () => {
    const page = await site.open()
    const panel = await openTab(page, 'Verify')
    await panel.getByRole('button', { name: 'Add a key' }).click()
    await panel.getByRole('button', { name: 'Remove key-2' }).focus()
    await page.evaluate(() => document.activeElement.blur())
    await page.evaluate(() => document.querySelector('button[aria-label="Remove key-2"]').click())
    await panel.getByRole('button', { name: 'Remove key-2' }).waitFor({ state: 'detached' })
    expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true)
    await page.context().close()
  })
})

describe('a reader of screens', () => {
  it('is told of the work and of the verdict, once each, also where it is the same as before', async () => {
    const page = await site.open()
    const panel = await generate(page, 'autify')
    await putIntoVerify(panel, TAMPER)
    await page.evaluate(() => {
      globalThis.told = []
      const status = document.querySelector('#panel-verify [role=status]')
      new MutationObserver(() => globalThis.told.push(status.textContent)).observe(status, {
        ...{ childList: true, subtree: true, characterData: true },
      })
    })
    await pressVerify(page.getByRole('tabpanel', { name: 'Verify' }))
    expect(await page.evaluate(() => globalThis.told)).toEqual([
      expect.stringContaining('Verifying…'),
      expect.stringMatching(/Refused: no-matching-key.*1 finding below/),
    ])
    await page.context().close()
  })
})

describe('what a reader changes', () => {
  /** The least that WCAG 1.4.12 has a page bear. */
  const space = (page) =>
    page.evaluate(() => {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(
        '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }',
      )
      document.adoptedStyleSheets = [sheet]
    })
  const width = (page) => page.evaluate(() => document.documentElement.scrollWidth)

  it.each(Object.entries(VIEWS))('%s takes wider spacing on a phone, and a window of 320', async (_, show) => {
    const page = await site.open({ viewport: PHONE })
    await show(page)
    await page.setViewportSize({ width: 320, height: 640 })
    expect(await width(page)).toBe(320)
    await page.setViewportSize(PHONE)
    await space(page)
    expect(await width(page)).toBe(PHONE.width)
    await page.context().close()
  })

  it.each([768, 1000])('a window of %i holds the bytes', async (wide) => {
    const page = await site.open({ viewport: { width: wide, height: 800 } })
    await VIEWS['Verify, refused'](page)
    expect(await width(page)).toBe(wide)
    await page.context().close()
  })

  it('the names of keys stand beside their bars, whatever the spacing', async () => {
    const page = await site.open()
    await VIEWS['Rotation, lost'](page)
    await space(page)
    const off = await page.evaluate(() => {
      const middle = (element) => element.getBoundingClientRect().top + element.getBoundingClientRect().height / 2
      const names = [...document.querySelectorAll('.life-labels span')].map(middle)
      const bars = new Set([...document.querySelectorAll('.plot .bar')].map(middle))
      return names.map((name) => Math.min(...[...bars].map((bar) => Math.abs(bar - name))))
    })
    expect(off.length).toBe(5)
    expect(Math.max(...off)).toBeLessThan(5)
    await page.context().close()
  })

  it("the current tab, a pressed button and each mark are told without the page's colours", async () => {
    const page = await site.open({ forcedColors: 'active' })
    const panel = await generate(page, 'autify')
    await putIntoVerify(panel, TAMPER)
    const look = (selector, property) =>
      page.evaluate(
        ([one, name]) => [...document.querySelectorAll(one)].map((element) => getComputedStyle(element)[name]),
        [selector, property],
      )
    expect(await look('[role=tab]', 'borderBottomWidth')).toEqual(['3px', '0px', '0px'])
    await VIEWS['Rotation, lost'](page)
    const [pressed] = await look('#panel-rotation button[aria-pressed=true]', 'backgroundColor')
    expect(await look('#panel-rotation button[aria-pressed=false]', 'backgroundColor')).not.toContain(pressed)
    // Not every finding marks all three: marks as they would be.
    const styles = await page.evaluate(() =>
      ['added', 'removed', 'changed'].map((kind) => {
        const mark = document.querySelector('.hex').appendChild(document.createElement('span'))
        mark.className = `mark ${kind}`
        return getComputedStyle(mark).outlineStyle
      }),
    )
    expect(styles).toEqual(['solid', 'dashed', 'dotted'])
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

  it('follows the system as long as nobody pressed, and the button with it', async () => {
    const page = await site.open()
    const button = page.getByRole('button', { name: 'Dark' })
    await page.emulateMedia({ colorScheme: 'dark' })
    await expect.poll(() => button.getAttribute('aria-pressed')).toBe('true')
    await button.click()
    await page.emulateMedia({ colorScheme: 'light' })
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await button.getAttribute('aria-pressed')).toBe('false')
    await page.context().close()
  })
})
