import { type Header, REFUSED } from '../delivery.js'
import { acceptedBy, type Plan, type Signed } from '../plan.js'
import type { Random } from '../random.js'
import { type Kind, rewriteSignatures, type Tampered } from './kind.js'

const HEADER_CAP = 8192
const CANDIDATES_CAP = 8

/** A header of exactly so many characters: blanks where the adapter's grammar skips them, else junk at the end. */
function longHeader({ headers, plan }: Signed, length: number): Tampered {
  const write = (value: string) => {
    const missing = length - value.length
    return plan.shape.hasGrammar ? value.replace(',', `,${' '.repeat(missing)}`) : value + 'A'.repeat(missing)
  }
  const { hasGrammar, isToken, separator } = plan.shape
  // Of several tokens only the last grows, and any of the others suffices.
  const isOpen = isToken && separator !== undefined
  const expected = length > HEADER_CAP ? REFUSED : hasGrammar ? plan.expected : isOpen ? undefined : REFUSED
  return { headers: rewriteSignatures({ headers, plan, body: plan.body }, write), expected }
}

/** So many candidates in all, the genuine ones last. */
function manyCandidates(signed: Signed, count: number, random: Random): Tampered {
  const { headers, plan } = signed
  const write = (value: string) => {
    const [first = '', ...more] = entriesOf(value, plan)
    // Global Commerce's first entry is the stamp.
    const genuine = plan.shape.hasStamp && !plan.shape.stampHeader ? more : [first, ...more]
    const model = genuine[0] ?? ''
    const forged = Array.from({ length: count - genuine.length }, () => forge(model, random))
    const stamp = genuine === more ? [first] : []
    return [...stamp, ...forged, ...genuine].join(plan.shape.separator ?? (stamp.length > 0 ? ', ' : ' '))
  }
  return { headers: rewriteSignatures({ headers, plan, body: signed.body }, write), expected: expectedOf(plan, count) }
}

function expectedOf({ expected }: Plan, count: number) {
  return count > CANDIDATES_CAP ? REFUSED : expected
}

function entriesOf(value: string, { shape, id }: Plan): readonly string[] {
  return value.split(shape.separator ?? (id === 'orange-logic' ? ' ' : ', '))
}

/** Another of the same form: its letters and digits exchanged for others, labels and padding left. */
function forge(entry: string, random: Random): string {
  return entry
    .replace(/[0-9](?=[^=,]{3})/g, () => String(random.below(10)))
    .replace(/[b-e](?=[^=,]{3})/g, () => random.pick([...'bcde']))
}

const takesMany = ({ shape }: Plan) => shape.separator !== undefined || shape.hasGrammar === true
const maxBody = (by: number, isTooSmall: boolean): Kind => ({
  name: `cap: a body of ${by === 0 ? 'just the' : isTooSmall ? 'more than the' : 'less than the'} greatest length`,
  applies: ({ body }) => body.length + by >= 0,
  plan: (plan) => ({
    maxBodyBytes: plan.body.length + by,
    expected: isTooSmall ? ['body-too-large'] : plan.expected,
  }),
})

const withId = (name: string, id: (random: Random) => string, isGood: boolean): Kind => ({
  name: `id: ${name}`,
  applies: ({ shape }) => shape.idHeader !== undefined,
  plan: ({ expected }, random) => ({ deliveryId: id(random), expected: isGood ? expected : REFUSED }),
})

const otherId = (name: string, write: (id: string) => string): Kind => ({
  name: `id: ${name}`,
  applies: ({ shape }) => shape.idHeader !== undefined,
  tamper: ({ headers, plan }) => ({
    headers: headers.map(([one, value]): Header => [one, one === plan.shape.idHeader ? write(value) : value]),
    expected: REFUSED,
  }),
})

export const caps: readonly Kind[] = [
  {
    name: 'cap: a body of just over a mebibyte',
    plan: () => ({ body: new Uint8Array(1_048_577).fill(0x20), text: undefined, expected: ['body-too-large'] }),
  },
  {
    name: 'cap: a body of a mebibyte',
    plan: ({ schema }) => ({
      ...{ body: new Uint8Array(1_048_576).fill(0x20), text: undefined },
      expected: acceptedBy({ schema, conforms: false }),
    }),
  },
  ...[8191, 8192, 8193, 8200, 70_000].map((length) => ({
    name: `cap: a header of ${length} characters`,
    tamper: (signed: Signed) => longHeader(signed, length),
  })),
  ...[7, 8, 9, 40].map((count) => ({
    name: `cap: ${count} candidates`,
    applies: takesMany,
    tamper: (signed: Signed, random: Random) => manyCandidates(signed, count, random),
  })),
  maxBody(0, false),
  maxBody(1, false),
  maxBody(-1, true),
  withId('of 8192 characters', () => 'i'.repeat(HEADER_CAP), true),
  withId('of 8193 characters', () => 'i'.repeat(HEADER_CAP + 1), false),
  withId('none', () => '', false),
  withId(
    'unusual',
    (random) => random.pick(['é', 'a b', '__proto__', '\u0163', '𐐷', '{}', '%00', 'msg_1, msg_2']),
    true,
  ),
  otherId('another than was signed', (id) => `${id}x`),
  otherId('with a dot', (id) => `${id.slice(0, 5)}.${id.slice(5)}`),
]
