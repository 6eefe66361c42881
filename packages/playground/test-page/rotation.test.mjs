import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openSite } from '../../../.ci/page/open.mjs'
import { openTab, PROVIDERS } from './steps.mjs'

let site
let page
let panel
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())
beforeEach(async () => {
  page = await site.open()
  panel = await openTab(page, 'Rotation')
})
afterEach(async () => {
  expect(page.noticed).toEqual([])
  await page.context().close()
})

const choose = (provider) => panel.getByLabel('Provider').selectOption(PROVIDERS[provider])
const slider = () => panel.getByRole('slider', { name: 'Moment' })
const press = (name) => panel.getByRole('button', { name, exact: true }).click()
const told = () => panel.getByRole('status')

/** The rows of the table: id, state, whether it signs, whether it verifies. */
async function keys() {
  const rows = await panel.getByRole('table').locator('tbody tr').all()
  return Promise.all(
    rows.map(async (row) => (await row.locator('th, td').allTextContents()).map((text) => text.split(/[ ,]/)[0])),
  )
}

/** Moves by the slider's own keys, which tells the moment as a reader of screens hears it. */
async function goTo(moment) {
  await slider().focus()
  await page.keyboard.press('Home')
  for (let presses = 0; presses < 400; presses++) {
    if ((await slider().getAttribute('aria-valuetext')) === `${moment} after the beginning`) return
    await page.keyboard.press('ArrowRight')
  }
  throw new Error(`the slider never came to ${moment}`)
}

describe('the rotation of each policy, at the moments that the slider comes to', () => {
  it('slots: one at a time, and the other a day later at the soonest', async () => {
    await choose('agilepoint')
    await goTo('5 d')
    await panel.getByLabel('Slot').selectOption('primary')
    await press('Rotate')
    await told().getByText('rotated the primary slot').waitFor()
    await expect.poll(keys).toEqual([
      ['primary', 'retiring', 'no', 'yes'],
      ['secondary', 'active', 'yes', 'yes'],
      ['primary-2', 'active', 'yes', 'yes'],
    ])
    await panel.getByLabel('Slot').selectOption('secondary')
    await press('Rotate')
    await told().getByText("Refused by the vendor's rules.").waitFor()
    await told()
      .getByText(/^other-slot-too-recent: /)
      .waitFor()
    await panel.getByRole('checkbox').check()
    await press('Rotate')
    await told().getByText('rotated the secondary slot').waitFor()
    await panel.getByLabel('The receiver learns of a change').selectOption('2 days later')
    await panel.getByText('✕ Lost: the receiver answers 401 (no-matching-key').waitFor()
  })

  it('overlap: both sign for an hour, and no second rotation within it', async () => {
    await choose('orange-logic')
    await goTo('1 h')
    await press('Rotate')
    await expect.poll(keys).toEqual([
      ['key-1', 'retiring', 'yes', 'yes'],
      ['key-2', 'active', 'yes', 'yes'],
    ])
    await panel.getByText(/^v1,\S{44} v1a,\S{44}$/).waitFor()
    await goTo('1 h 30 min')
    await press('Rotate')
    await told().getByText('rotation-in-progress').waitFor()
    await goTo('2 h 10 min')
    await expect.poll(keys).toEqual([
      ['key-1', 'expired', 'no', 'no'],
      ['key-2', 'active', 'yes', 'yes'],
    ])
    await panel.getByText(/^v1,\S{44}$/).waitFor()
  })

  it('expiring: a grace of six hours, and from when on the new secret signs', async () => {
    await choose('global-commerce')
    await goTo('6 h')
    await panel.getByLabel('Grace').selectOption('6 h')
    await press('Rotate')
    await expect.poll(keys).toEqual([
      ['key-1', 'retiring', 'yes', 'yes'],
      ['key-2', 'staged', 'no', 'yes'],
    ])
    await panel.getByLabel('A new secret signs').selectOption('immediately')
    await goTo('6 h')
    await press('Rotate')
    await expect.poll(keys).toEqual([
      ['key-1', 'retiring', 'yes', 'yes'],
      ['key-2', 'active', 'yes', 'yes'],
    ])
    await press('Six secrets')
    await told().getByText('too-many-keys').waitFor()
  })

  it.each(['insider', 'autify'])('swap: staged before, switched later (%s)', async (provider) => {
    await choose(provider)
    await goTo('1 d')
    await press('Stage a new key')
    await expect.poll(keys).toEqual([
      ['key-1', 'active', 'yes', 'yes'],
      ['key-2', 'staged', 'no', 'yes'],
    ])
    await goTo('2 d')
    await panel.getByLabel('The receiver learns of a change').selectOption('12 hours later')
    await press('Switch to key-2')
    await expect.poll(keys).toEqual([
      ['key-1', 'retiring', 'no', 'yes'],
      ['key-2', 'active', 'yes', 'yes'],
    ])
    await panel.getByText('✓ Accepted: by key-2, which is staged at the receiver.').waitFor()
    await panel.getByLabel('A key has leaked').selectOption('key-1')
    await press('Revoke it')
    // It is the receiver that has to refuse the leaked key, and it has not learned of it yet.
    await expect.poll(keys).toContainEqual(['key-1', 'revoked', 'no', 'yes'])
    await panel.getByText('yes, active there').waitFor()
    await panel.getByLabel('The receiver learns of a change').selectOption('at once')
    await expect.poll(keys).toContainEqual(['key-1', 'revoked', 'no', 'no'])
  })
})

describe('the moment', () => {
  it('follows the pointer on the picture, and takes the slider along', async () => {
    await choose('orange-logic')
    const box = await panel.locator('svg.plot').boundingBox()
    await page.mouse.move(box.x + 1, box.y + 40)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width / 2, box.y + 50, { steps: 5 })
    await expect.poll(() => slider().getAttribute('aria-valuetext')).toBe('3 h after the beginning')
    await page.mouse.move(box.x + box.width + 200, box.y + 300, { steps: 3 })
    await expect.poll(() => slider().getAttribute('aria-valuetext')).toBe('6 h after the beginning')
    await page.mouse.up()
    await page.mouse.move(box.x + 5, box.y + 40)
    expect(await slider().getAttribute('aria-valuetext')).toBe('6 h after the beginning')
    await panel.getByText('6 h after the beginning').waitFor()
  })

  it('stands in the picture where the slider says', async () => {
    await choose('orange-logic')
    await goTo('1 h 30 min')
    expect(await panel.locator('svg.handle').getAttribute('x')).toBe('25%')
  })
})

describe('the moment, by touch', () => {
  it('follows the finger', async () => {
    const phone = await site.open({ hasTouch: true, isMobile: true, viewport: { width: 360, height: 740 } })
    const rotation = await openTab(phone, 'Rotation')
    const plot = phone.locator('svg.plot')
    await plot.scrollIntoViewIfNeeded()
    const { x, y, width } = await plot.boundingBox()
    const device = await phone.context().newCDPSession(phone)
    const touch = (type, part) =>
      device.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: part === undefined ? [] : [{ x: x + part * width, y: y + 50 }],
      })
    await touch('touchStart', 0)
    for (const part of [0.1, 0.2, 0.3, 0.4, 0.5]) await touch('touchMove', part)
    await touch('touchEnd')
    const moment = () => rotation.getByRole('slider', { name: 'Moment' }).getAttribute('aria-valuetext')
    await expect.poll(moment).toBe('30 d after the beginning')
    expect(phone.noticed).toEqual([])
    await phone.context().close()
  })
})

describe('what the receiver does not know yet', () => {
  it('verifies nothing in the table, either', async () => {
    await choose('agilepoint')
    await press('Both slots at once, by force')
    await expect.poll(keys).toEqual([
      ['primary', 'retiring', 'no', 'yes'],
      ['secondary', 'retiring', 'no', 'yes'],
      ['primary-2', 'active', 'yes', 'no'],
      ['secondary-2', 'active', 'yes', 'no'],
    ])
    await panel.getByText('no, not known there').first().waitFor()
    await panel.getByLabel('The receiver learns of a change').selectOption('at once')
    await panel.getByText('✓ Accepted').waitFor()
    await expect.poll(async () => (await keys()).map((row) => row[3])).toEqual(['yes', 'yes', 'yes', 'yes'])
  })
})

describe('the scenarios', () => {
  it('are no longer pressed once something else was done, which tells what it undid', async () => {
    await choose('orange-logic')
    await press('A rotation')
    const button = panel.getByRole('button', { name: 'A rotation', exact: true })
    expect(await button.getAttribute('aria-pressed')).toBe('true')
    await goTo('30 min')
    await press('Rotate')
    await told().getByText('What was done later would have come out differently, and is gone.').waitFor()
    expect(await button.getAttribute('aria-pressed')).toBe('false')
  })

  it.each([
    ['agilepoint', 'Both slots at once, by force', 'lost from 5 d to 7 d'],
    ['orange-logic', 'The receiver learns too late', 'lost from 2 h to 3 h'],
    ['global-commerce', 'No grace', 'lost from 12 h to 18 h'],
    ['insider', 'Swapped without staging', 'lost from 2 d to 2 d 12 h'],
  ])('of %s show what is lost: %s', async (provider, scenario, loss) => {
    await choose(provider)
    await press(scenario)
    await panel.getByText('The picture in words').click()
    await panel.getByText(loss).waitFor()
    expect(await panel.getByRole('button', { name: scenario, exact: true }).getAttribute('aria-pressed')).toBe('true')
    await press('Begin again')
    await panel.getByText(/^deliveries: accepted from 0 min to [^,]*$/).waitFor()
  })
})
