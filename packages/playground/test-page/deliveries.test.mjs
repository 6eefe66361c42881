import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openSite } from '../../../.ci/page/open.mjs'
import {
  findingCodes,
  generate,
  openTab,
  PROVIDERS,
  PUT,
  pressVerify,
  putIntoVerify,
  request,
  secretsOf,
  TAMPER,
  verdict,
  waitForValue,
} from './steps.mjs'

let site
let page
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())
beforeEach(async () => {
  page = await site.open()
})
afterEach(async () => {
  expect(page.noticed).toEqual([])
  await page.context().close()
})

describe.each(Object.keys(PROVIDERS))('a delivery of %s', (provider) => {
  it('is made, verified, tampered with, and refused for the right reason', async () => {
    const panel = await generate(page, provider)
    await putIntoVerify(panel, PUT)
    await verdict(page)
      .getByText(/^✓?Accepted by/)
      .waitFor()
    expect(await verdict(page).textContent()).toContain('The body is under the MAC.')

    await openTab(page, 'Generate')
    await putIntoVerify(panel, TAMPER)
    await verdict(page).getByText('Refused: no-matching-key').waitFor()
    expect(await findingCodes(page)).toEqual(['body-reserialised'])
  })

  it('explains each mistake that is offered', async () => {
    const panel = await generate(page, provider)
    const mistakes = await panel.getByLabel('What goes wrong').locator('option').allInnerTexts()
    expect(mistakes.length).toBeGreaterThan(6)
    for (const mistake of mistakes) {
      await openTab(page, 'Generate')
      await panel.getByLabel('What goes wrong').selectOption(mistake)
      await putIntoVerify(panel, TAMPER)
      await verdict(page)
        .getByText(/^✕?Refused: /)
        .waitFor()
      const [first] = await findingCodes(page)
      expect([mistake, first]).toEqual([mistake, FIRST[mistake]])
    }
  })
})

const FIRST = {
  'The JSON was parsed and written anew, with indents': 'body-reserialised',
  'A line break was added at the end of the body': 'body-newline',
  'One byte of the body was changed': 'nothing-matched',
  'The secret was pasted with a blank at its end': 'secret-white-space',
  'The secret is that of another endpoint': 'nothing-matched',
  'The digest was sent in the other encoding (hex, base64)': 'digest-encoding',
  'It was signed an hour ago': 'clock-skew',
  'The key has expired, and a new one is in use': 'key-expired',
  "Each slot has the other one's key": 'other-slot',
  'A proxy dropped the signature': 'signature-missing',
}

describe('the forms of a request', () => {
  const har = (headers, body) =>
    JSON.stringify({
      log: {
        version: '1.2',
        creator: { name: 'test', version: '1' },
        entries: [
          {
            request: {
              method: 'POST',
              url: 'https://receiver.example/',
              headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
              postData: { mimeType: 'application/json', text: body },
            },
          },
        ],
      },
    })
  /** The parts of the raw request that the page has made. */
  const partsOf = (raw) => {
    const [head, body] = raw.split('\n\n')
    const headers = Object.fromEntries(
      head
        .split('\n')
        .slice(1)
        .map((line) => line.split(': ')),
    )
    return { headers, body }
  }

  async function fillIn(secret) {
    const panel = await openTab(page, 'Verify')
    await panel.getByLabel('Provider').selectOption(PROVIDERS.autify)
    await panel.getByLabel('Secret', { exact: true }).fill(secret)
    return panel
  }

  it.each([
    ['raw HTTP', 'raw HTTP', (raw) => raw],
    ['a HAR', 'a HAR', (raw) => har(partsOf(raw).headers, partsOf(raw).body)],
    ['JSON', 'JSON', (raw) => JSON.stringify(partsOf(raw))],
  ])('takes a paste of %s', async (_, read, pasteOf) => {
    const generated = await generate(page, 'autify')
    const [secret] = await secretsOf(generated)
    const raw = await request(generated)
    const panel = await fillIn(secret)
    await panel.getByLabel('Request', { exact: true }).fill(pasteOf(raw))
    await panel.getByText(`Read as ${read}: POST`).waitFor()
    await pressVerify(panel)
    await verdict(page).getByText('Accepted by key-1').waitFor()
  })

  it('takes a paste of a curl command', async () => {
    const generated = await generate(page, 'autify')
    await generated.getByRole('radio', { name: 'curl' }).check()
    const [secret] = await secretsOf(generated)
    const command = await waitForValue(generated.getByLabel('Signed request'), (text) => text.startsWith('curl'))
    const panel = await fillIn(secret)
    await panel.getByLabel('Request', { exact: true }).fill(command)
    await panel.getByText('Read as a curl command: POST').waitFor()
    await pressVerify(panel)
    await verdict(page).getByText('Accepted by key-1').waitFor()
  })

  it('takes headers and body apart', async () => {
    const generated = await generate(page, 'autify')
    const [secret] = await secretsOf(generated)
    const { headers, body } = partsOf(await request(generated))
    const panel = await fillIn(secret)
    await panel.getByRole('radio', { name: 'Headers and body' }).check()
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
    await panel.getByLabel('Headers', { exact: true }).fill(lines.join('\n'))
    await panel.getByLabel('Body', { exact: true }).fill(body)
    await pressVerify(panel)
    await verdict(page).getByText('Accepted by key-1').waitFor()
  })

  it("takes a file's bytes as they are, where a text field would change them", async () => {
    const generated = await generate(page, 'autify')
    const [secret] = await secretsOf(generated)
    await generated.getByLabel('Body', { exact: true }).fill('{"a":1}')
    const raw = await waitForValue(generated.getByLabel('Signed request'), (text) => text.endsWith('{"a":1}'))
    const panel = await fillIn(secret)
    const withCrLf = Buffer.from(
      `${raw.replaceAll('\n', '\r\n').replace('Content-Length: 7', 'Content-Length: 9')}\r\n`,
    )
    await panel
      .getByLabel('Or a file')
      .setInputFiles({ name: 'captured.http', mimeType: 'text/plain', buffer: withCrLf })
    await panel.getByText('a body of 9 bytes').waitFor()
    await pressVerify(panel)
    await verdict(page).getByText('Refused: no-matching-key').waitFor()
    expect(await findingCodes(page)).toEqual(['body-newline'])
    const added = panel.getByRole('table', { name: /What arrived/ }).locator('ins')
    expect(await added.allTextContents()).toEqual(['0d', '0a', '←', '↵'])
    expect(await panel.getByText('Added on the way at byte 7').textContent()).toContain('0d 0a (←↵)')
  })

  it('tells of a file that is too long for a delivery', async () => {
    const panel = await fillIn('a-made-up-secret')
    const buffer = Buffer.alloc(17 * 1024 * 1024)
    await panel.getByLabel('Or a file').setInputFiles({ name: 'captured.bin', mimeType: 'text/plain', buffer })
    await panel.getByText('captured.bin is over 16 MiB').waitFor()
  })

  it('marks each blank of a body that was indented anew, however long it is', async () => {
    const generated = await generate(page, 'autify')
    const items = Array.from({ length: 2000 }, (_, id) => ({ id, name: `item ${id}`, price: id * 1.5 }))
    await generated.getByLabel('Body', { exact: true }).fill(JSON.stringify({ items }))
    await putIntoVerify(generated, TAMPER)
    expect(await findingCodes(page)).toEqual(['body-reserialised'])
    await page.getByText('Added on the way at byte 1: 0a 20 20 (↵ )').waitFor()
  })

  it('stays usable over a body for which it takes a while, and says that it works', async () => {
    const panel = await fillIn('a-made-up-secret')
    await panel.getByRole('radio', { name: 'Headers and body' }).check()
    await panel.getByLabel('Headers', { exact: true }).fill(`X-Autify-Signature: sha1=${'0'.repeat(40)}`)
    await panel.getByLabel('Body', { exact: true }).fill(JSON.stringify({ text: 'é'.repeat(300_000) }))
    // Noted in the page: whoever looks from outside may come too late to see it.
    await verdict(page).evaluate((status) => {
      globalThis.told = []
      const note = () => globalThis.told.push(status.textContent)
      new MutationObserver(note).observe(status, { childList: true, subtree: true, characterData: true })
    })
    await panel.getByRole('button', { name: 'Verify', exact: true }).click()
    // Another tab, and back, while it works or after.
    await openTab(page, 'Rotation')
    await openTab(page, 'Verify')
    await verdict(page).getByText('Refused: no-matching-key').waitFor()
    expect((await page.evaluate(() => globalThis.told))[0]).toContain('Verifying…')
  })

  it('says what cannot be read', async () => {
    const panel = await fillIn('a-made-up-secret')
    await panel.getByLabel('Request', { exact: true }).fill('{"neither":1}')
    await panel.getByText('Not readable yet: request-unreadable').waitFor()
    await pressVerify(panel)
    await verdict(page).getByText('Not verified').waitFor()
  })
})

describe('the keys', () => {
  it('may be several, each in a state of its own, and the one that fits is named', async () => {
    const generated = await generate(page, 'autify')
    await putIntoVerify(generated, PUT)
    await verdict(page).getByText('Accepted by key-1').waitFor()
    const panel = page.getByRole('tabpanel', { name: 'Verify' })
    await panel.getByRole('button', { name: 'Add a key' }).click()
    await panel.getByLabel('Secret', { exact: true }).nth(1).fill('another-made-up-secret')
    await panel.getByLabel('State').first().selectOption('retiring')
    await panel.getByText('The form has changed since').waitFor()
    await pressVerify(panel)
    await verdict(page).getByText('The key is retiring.').waitFor()
    await panel.getByLabel('State').first().selectOption('revoked')
    await pressVerify(panel)
    await verdict(page).getByText('Refused: key-revoked').waitFor()
    await panel.getByRole('button', { name: 'Remove key-1' }).click()
    await pressVerify(panel)
    await verdict(page).getByText('Refused: no-matching-key').waitFor()
  })

  it('are asked for, and a moment has to be one', async () => {
    const generated = await generate(page, 'global-commerce')
    await putIntoVerify(generated, PUT)
    await verdict(page).getByText('Accepted by key-1').waitFor()
    const panel = page.getByRole('tabpanel', { name: 'Verify' })
    await panel.getByLabel('When it arrived').fill('2020-01-01T00:00:00Z')
    await pressVerify(panel)
    await verdict(page).getByText('Refused: too-new').waitFor()
    await panel.getByLabel('When it arrived').fill('whenever')
    await pressVerify(panel)
    await verdict(page).getByText('The moment is no date').waitFor()
    await panel.getByLabel('When it arrived').fill('')
    await panel.getByLabel('Secret', { exact: true }).fill('')
    await pressVerify(panel)
    await verdict(page).getByText("'key-1' has no secret yet").waitFor()
  })
})
