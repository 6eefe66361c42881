import { deliveryOf, eventBody, withText } from './delivery.js'
import { expectHandled, expectStatus } from './expect-delivery.js'
import { anywhere, type IntegrationCase } from './integration-case.js'
import { type Header, PLAIN, STAMPED, TOKEN, type Vendor } from './vendors.js'

const BODY = eventBody(1)

const SPELLINGS: readonly { name: string; spell(name: string): string }[] = [
  { name: 'lower', spell: (name) => name.toLowerCase() },
  { name: 'upper', spell: (name) => name.toUpperCase() },
  {
    name: 'mixed',
    spell: (name) => name.replaceAll(/(.)(.?)/g, (_, one, two) => one.toLowerCase() + two.toUpperCase()),
  },
]

/** Headers that are nobody's business here. */
const UNRELATED: readonly { name: string; headers: readonly Header[] }[] = [
  {
    name: 'repeated',
    headers: [
      ['X-Other', '1'],
      ['X-Other', '2'],
      ['x-other', '3'],
      ['Cookie', 'a=1'],
    ],
  },
  { name: 'long', headers: [['X-Other', 'x'.repeat(6000)]] },
  {
    name: 'of a proxy',
    headers: [
      ['X-Forwarded-Proto', 'https'],
      ['X-Forwarded-Host', 'a, b'],
      ['Forwarded', 'for=_x'],
    ],
  },
  { name: 'with text of latin1', headers: [['X-Other', 'Größe']] },
]

/** Names are compared without case, and a repeat is never silently resolved to one of its values. */
export const HEADER_CASES: readonly IntegrationCase[] = [
  ...[PLAIN, STAMPED, TOKEN].flatMap((vendor) => [...spellingCases(vendor), ...repeatCases(vendor)]),
  ...UNRELATED.map(({ name, headers }) =>
    anywhere(`headers: others, ${name}: 200`, async (start) => {
      const trial = await start()
      await expectStatus(trial, deliveryOf(PLAIN, BODY, { headers }), 200)
      expectHandled(trial, BODY)
    }),
  ),
  anywhere('headers: several signatures in one: 200 where one is good, wherever it stands; else 401', async (start) => {
    const trial = await start({ vendor: STAMPED })
    const good = deliveryOf(STAMPED, BODY)
    const other = signatureOf(STAMPED.sign(good.body, { secret: 'another-made-up-secret' }))
    const several = (write: (good: string) => string) => withText(good, STAMPED.signature, write)
    await expectStatus(
      trial,
      several(() => `${other} ${other}`),
      401,
    )
    await expectStatus(
      trial,
      several((text) => `${text} ${other}`),
      200,
    )
    await expectStatus(
      trial,
      several((text) => `${other} ${text}`),
      200,
    )
    await expectStatus(
      trial,
      several((text) => `v1a,AAAA ${other} ${text} v2,`),
      200,
    )
    expectHandled(trial, BODY)
  }),
]

function spellingCases(vendor: Vendor): readonly IntegrationCase[] {
  return SPELLINGS.map(({ name, spell }) =>
    anywhere(`headers: those of '${vendor.provider.id}' in ${name} case: 200`, async (start) => {
      const trial = await start({ vendor })
      const message = deliveryOf(vendor, BODY)
      const headers = message.headers.map(([header, text]): Header => [spell(header), text])
      await expectStatus(trial, { ...message, headers }, 200)
      expectHandled(trial, BODY)
    }),
  )
}

/** Each header twice: the same text, the good one first, the good one last. */
function repeatCases(vendor: Vendor): readonly IntegrationCase[] {
  const message = deliveryOf(vendor, BODY)
  const others = vendor.sign(message.body, { secret: 'another-made-up-secret', id: 'msg_2', stamp: 0 })
  return vendor.sign(message.body).flatMap(([name, good], index) =>
    [name, name.toUpperCase()].map((again) =>
      anywhere(`headers: ${name} beside ${again}: 401, whatever their values are`, async (start) => {
        const trial = await start({ vendor })
        const other = others[index]?.[1] ?? ''
        for (const [one, two] of [
          [good, good],
          [good, other],
          [other, good],
        ] as const) {
          const headers = message.headers.flatMap((header): Header[] =>
            header[0] === name
              ? [
                  [name, one],
                  [again, two],
                ]
              : [header],
          )
          await expectStatus(trial, { ...message, headers }, 401)
        }
        expectHandled(trial)
      }),
    ),
  )
}

function signatureOf(headers: readonly Header[]): string {
  return headers.find(([name]) => name === STAMPED.signature)?.[1] ?? ''
}
