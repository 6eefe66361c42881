import { expectThat } from '../expect.js'
import { bytesOf, deliveryOf, jsonOf } from './delivery.js'
import { expectHandled, expectStatus } from './expect-delivery.js'
import { anywhere, type IntegrationCase } from './integration-case.js'
import { PLAIN, STAMPED } from './vendors.js'

interface Sample {
  readonly name: string
  readonly body: Uint8Array | string
}

/** JSON that is changed by whoever decodes, parses or replaces. */
const JSON_SAMPLES: readonly Sample[] = [
  { name: 'white space, line breaks and the order of keys', body: '\r\n{ "b" : 1,\t"a":[ ] ,"10":0, "9":0 }\r\n\r\n' },
  { name: 'repeated keys and long numbers', body: '{"id":12345678901234567890,"x":1.10,"x":1e0,"y":-0}' },
  { name: 'escapes that need none', body: '{"text":"\\u0041\\/\\u00e9\\ud83d\\ude00\\u0000"}' },
  { name: 'text beyond ASCII', body: '{"text":"Größe, 日本語, 😀"}' },
  { name: 'composed and decomposed letters', body: '{"composed":"\u00e9","decomposed":"e\u0301"}' },
  { name: 'invisible characters', body: '{"text":"\ufeff\u200b\u2028\u2029\u00a0\u0085\u007f"}' },
  { name: 'the patterns of a string replacement', body: '{"text":"$& $$ $1 $` $\' $<name> \\\\0 %s %%"}' },
  { name: 'what looks like a form', body: '"a=1&b=%7B%22+%00&a=2"' },
  { name: '64 KiB', body: jsonOf(65_536) },
  { name: '1 MiB, which is the default cap', body: jsonOf(1_048_576) },
  ...['null', 'false', '0', '""', '[]', '{}'].map((body) => ({ name: `nothing but ${body}`, body })),
]

/** No JSON, so it is answered 400; and not 401, which shows that the signature was good. */
const OTHER_SAMPLES: readonly Sample[] = [
  { name: 'an empty body', body: '' },
  { name: 'a line break', body: '\n' },
  { name: 'every byte there is', body: Uint8Array.from({ length: 256 }, (_, index) => index) },
  { name: 'a byte that is no UTF-8 within JSON', body: Uint8Array.of(0x22, 0xff, 0x22) },
  { name: 'a lone surrogate within JSON', body: Uint8Array.of(0x22, 0xed, 0xa0, 0x80, 0x22) },
  { name: 'JSON in latin1', body: Buffer.from('{"text":"Größe"}', 'latin1') },
  { name: 'JSON in UTF-16', body: Buffer.from('\ufeff{"text":"Größe"}', 'utf16le') },
  { name: 'cut JSON', body: '{"id":1' },
  { name: 'a form', body: 'a=1&b=%7B%22+%00&a=2' },
]

/** What is verified, and what the handler sees, is what arrived (law 2). */
export const BYTE_CASES: readonly IntegrationCase[] = [
  ...JSON_SAMPLES.map(({ name, body }) =>
    anywhere(`bytes: ${name}: 200, and the handler sees what was sent`, async (start) => {
      const trial = await start()
      await expectStatus(trial, deliveryOf(PLAIN, body), 200)
      expectHandled(trial, body)
    }),
  ),
  ...OTHER_SAMPLES.map(({ name, body }) =>
    anywhere(`bytes: ${name}, well signed: 400 and not 401`, async (start) => {
      const trial = await start()
      await expectStatus(trial, deliveryOf(PLAIN, body), 400)
      expectHandled(trial)
    }),
  ),
  anywhere('bytes: a byte order mark before JSON, well signed: not 401, and not taken off', async (start) => {
    const trial = await start()
    const body = '\ufeff{"id":1}'
    // Parsers of JSON may take it or refuse it (RFC 8259, section 8.1).
    const { status } = await expectStatus(trial, deliveryOf(PLAIN, body), 200, 400)
    expectHandled(trial, ...(status === 200 ? [body] : []))
  }),
  anywhere('bytes: behind a signed id and stamp: 200, and the handler sees what was sent', async (start) => {
    const trial = await start({ vendor: STAMPED })
    const body = ' {"text":"Größe $& 😀"}\r\n'
    await expectStatus(trial, deliveryOf(STAMPED, body), 200)
    expectHandled(trial, body)
  }),
  anywhere('bytes: the event is the JSON of the body', async (start) => {
    const trial = await start()
    await expectStatus(trial, deliveryOf(PLAIN, '{"text":"Größe 😀","list":[1]}'), 200)
    const seen = JSON.stringify(trial.handled[0]?.event)
    expectThat(seen === '{"text":"Größe 😀","list":[1]}', 'the handler to get the event', seen)
  }),
  anywhere('bytes: one changed on the way: 401', async (start) => {
    const trial = await start()
    const message = deliveryOf(PLAIN, '{"id":1}')
    await expectStatus(trial, { ...message, body: bytesOf('{"id":2}') }, 401)
    await expectStatus(trial, { ...message, body: bytesOf('{"id":1}\n') }, 401)
    expectHandled(trial)
  }),
]
