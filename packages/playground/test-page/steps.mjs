import { expect } from 'vitest'

/** What a visitor does, by what they see: roles and labels, never classes. */

export const PROVIDERS = {
  agilepoint: 'AgilePoint NX',
  'orange-logic': 'Orange Logic',
  insider: 'Insider',
  'global-commerce': 'Digital River Global Commerce',
  autify: 'Autify',
}

/** Everything of one tab: others stay in the document, hidden. */
export async function openTab(page, name) {
  await page.getByRole('tab', { name }).click()
  return page.getByRole('tabpanel', { name })
}

/** The Generate tab, with a delivery of that provider in it. */
export async function generate(page, provider) {
  const panel = await openTab(page, 'Generate')
  await panel.getByLabel('Provider').selectOption(PROVIDERS[provider])
  // The text is written once it is signed.
  await waitForValue(panel.getByLabel('Signed request'), (text) => text.includes(`/webhooks/${provider}`))
  return panel
}

export const request = (panel) => panel.getByLabel('Signed request').inputValue()

/** The secrets of the Generate tab, as they stand in their fields. */
export async function secretsOf(panel) {
  const fields = await panel.getByLabel(/^Secret of /).all()
  return Promise.all(fields.map((field) => field.inputValue()))
}

export function verdict(page) {
  return page.getByRole('tabpanel', { name: 'Verify' }).getByRole('status')
}

/** Presses a button of the Generate tab that puts something into Verify, and waits until its verdict is there. */
export async function putIntoVerify(panel, button) {
  await panel.getByRole('button', { name: button, exact: true }).click()
  await expect.poll(() => panel.page().evaluate(() => document.activeElement?.id)).toBe('verdict')
  await verified(panel.page())
}

/** Presses Verify, and waits for the verdict. */
export async function pressVerify(panel) {
  await panel.getByRole('button', { name: 'Verify', exact: true }).click()
  await verified(panel.page())
}

const verified = (page) => page.getByRole('region', { name: 'Result' }).and(page.locator('[aria-busy=false]')).waitFor()

export const PUT = 'Put it into Verify'
export const TAMPER = 'Tamper, and put it into Verify'

/** The codes of the findings, in their order. */
export async function findingCodes(page) {
  const list = page.getByRole('heading', { name: 'Findings' }).locator('xpath=following-sibling::ol')
  return list.locator('li code').allInnerTexts()
}

export async function waitForValue(field, isRight) {
  for (let tries = 0; ; tries++) {
    const value = await field.inputValue()
    if (isRight(value)) return value
    if (tries > 1200) throw new Error(`the field went on saying: ${value.slice(0, 200)}`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
