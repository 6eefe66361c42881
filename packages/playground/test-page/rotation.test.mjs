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
    rows.map(async (row) => (await row.locator('th, td').allTextContents()).map((text) => text.split(' ')[0])),
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

describe('the scenarios', () => {
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
