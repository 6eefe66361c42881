import { type Header, type ProviderId, REFUSED } from '../delivery.js'
import type { Plan } from '../plan.js'
import type { Random } from '../random.js'
import { type Kind, rewriteSignatures } from './kind.js'

/** The names of headers written otherwise; names are compared without case. */
function renamed(name: string, write: (name: string, random: Random) => string, isSame: boolean): Kind {
  return {
    name: `header: ${name}`,
    tamper: ({ headers, plan }, random) => ({
      headers: headers.map(([old, value]) => [write(old, random), value]),
      expected: isSame ? plan.expected : REFUSED,
    }),
  }
}

/** Headers that every request brings along, and some that an object's prototype has. */
const COMPANY: readonly Header[] = [
  ['content-type', 'application/json'],
  ['Content-Type', 'text/plain'],
  ['x-forwarded-for', '203.0.113.7, 203.0.113.8'],
  ['user-agent', 'x'.repeat(9000)],
  ['__proto__', 'x'],
  ['constructor', 'x'],
  ['get', 'x'],
  ['X-Autify-Signature-Old', 'sha1=0'],
  ['X-ol-signatur', 'v1,x'],
]

const lacks = (header: (plan: Plan) => string | undefined, name: string): Kind => ({
  name: `header: without ${name}`,
  applies: (plan) => header(plan) !== undefined,
  tamper: ({ headers, plan }) => ({ headers: headers.filter(([one]) => one !== header(plan)), expected: REFUSED }),
})

/** AgilePoint's two headers with one another's values: a slot's key checks only that slot's. */
const exchanged: Kind = {
  name: "header: the slots' values exchanged",
  applies: ({ shape }) => shape.headers.length === 2,
  tamper({ headers, plan }) {
    const [primary, secondary] = plan.shape.headers
    const name = (old: string) => (old === primary ? secondary : old === secondary ? primary : old) ?? old
    return { headers: headers.map(([old, value]) => [name(old), value]), expected: REFUSED }
  },
}

/** What stands before each signature: Autify's prefix, Orange Logic's labels, nothing elsewhere. */
function marked(of: ProviderId, name: string, write: (value: string) => string, isSame = false): Kind {
  return {
    name: `header: ${name}`,
    applies: ({ id }) => id === of,
    tamper: (signed) => ({
      headers: rewriteSignatures(signed, write),
      expected: isSame ? signed.plan.expected : REFUSED,
    }),
  }
}

const OTHER_LABELS: Readonly<Record<string, string>> = { v1: 'v1a', v1a: 'v1' }
const relabelled = (write: (label: string) => string) => (value: string) =>
  value.replace(/\bv1a?(?=,)/g, (label) => write(label))

export const headerKinds: readonly Kind[] = [
  renamed('names in lower case', (name) => name.toLowerCase(), true),
  renamed('names in upper case', (name) => name.toUpperCase(), true),
  renamed('names in mixed case', mixedCase, true),
  renamed('under other names', (name) => `X-${name}`, false),
  renamed('names with a blank behind', (name) => `${name} `, false),
  renamed('names with a look-alike', (name) => name.replace(/[ie]/i, '\u0131'), false),
  {
    name: 'header: in strange company',
    tamper: ({ headers, plan }, random) => ({
      headers: random.shuffled([...headers, ...random.shuffled(COMPANY).slice(0, random.between(1, 5))]),
      expected: plan.expected,
    }),
  },
  {
    name: 'header: none at all',
    tamper: () => ({ headers: [], expected: REFUSED }),
  },
  lacks(({ shape }) => (shape.headers.length === 1 ? shape.headers[0] : undefined), 'the signature'),
  lacks(({ shape }) => shape.stampHeader, 'the stamp'),
  lacks(({ shape }) => shape.idHeader, 'the id'),
  exchanged,
  marked('autify', 'without its prefix', (value) => value.replace(/^sha1=/, '')),
  marked('autify', 'with another prefix', (value) => value.replace(/^sha1=/, 'sha256=')),
  marked('autify', 'with its prefix in upper case', (value) => value.replace(/^sha1=/, 'SHA1=')),
  marked('autify', 'with its prefix twice', (value) => value.replace(/^sha1=/, 'sha1=sha1=')),
  marked(
    'orange-logic',
    'with exchanged labels',
    relabelled((label) => OTHER_LABELS[label] ?? label),
    true,
  ),
  marked(
    'orange-logic',
    'with unknown labels',
    relabelled(() => 'v2'),
  ),
  marked(
    'orange-logic',
    'with labels in upper case',
    relabelled((label) => label.toUpperCase()),
  ),
  marked(
    'orange-logic',
    'with labels that are none',
    relabelled(() => 'v'),
  ),
  marked(
    'orange-logic',
    'without labels',
    relabelled(() => ''),
  ),
  marked(
    'orange-logic',
    'with an entry of another version',
    (value) => value.replace(/^v1/, 'v2,c29tZXRoaW5n v1'),
    true,
  ),
]

function mixedCase(name: string, random: Random): string {
  return [...name].map((letter) => (random.chance(0.5) ? letter.toUpperCase() : letter.toLowerCase())).join('')
}
