import { type Outcome, REFUSED } from '../delivery.js'
import { usableKeys } from '../key-scenarios.js'
import { acceptedBy, type Plan } from '../plan.js'
import type { Random } from '../random.js'
import type { Kind } from './kind.js'

const ZONES = ['+05:30', '-03:30', '+14:00', '-12:00', '+23:59', '-23:59']
const FRACTIONS = ['.5', '.001', '.999', '.9999', '.123456789', '.000999999']
const FAR_OFF = [
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00+23:59',
  '1970-01-01T00:00:00Z',
  '9999-12-31T23:59:59-23:59',
]
const STALE: readonly Outcome[] = ['too-old', 'too-new']

const hasStamp = ({ shape }: Plan) => shape.hasStamp === true
const isCommerce = ({ id }: Plan) => id === 'global-commerce'

/** A clock that is so many milliseconds off, and keys that are usable by it. */
function clockOff(name: string, off: (reachMs: number) => number, outcome?: Outcome): Kind {
  return {
    name: `stamp: ${name}`,
    applies: hasStamp,
    plan(plan, random) {
      const reach = (plan.toleranceSeconds ?? 300) * 1000
      const now = plan.stampMs + off(reach)
      return { now, ...usableKeys(random, plan.provider, now), expected: outcome ? [outcome] : acceptedBy(plan) }
    },
  }
}

/** A stamp that the vendor signs as it is written. */
function written(
  name: string,
  stamp: (plan: Plan, random: Random) => string,
  expected: (plan: Plan) => readonly Outcome[],
): Kind {
  return {
    name: `stamp: ${name}`,
    // Only Global Commerce takes other stamps than seconds.
    applies: expected === refused ? hasStamp : isCommerce,
    plan: (plan, random) => ({ stamp: stamp(plan, random), expected: expected(plan) }),
  }
}

const refused = () => [...REFUSED, ...STALE]

/** An instant as RFC 3339 has it, in the local time of a zone. */
function rfc3339({ stampMs }: Plan, zone: string, fraction = ''): string {
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(zone) ?? ['', '+', '0', '0']
  const ahead = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -60_000 : 60_000)
  return `${new Date(stampMs + ahead).toISOString().slice(0, 19)}${fraction}${zone}`
}

/** The stamp spelt in ways that a lenient parser takes for a time. */
const MALFORMED: readonly ((plan: Plan) => string)[] = [
  ({ stamp }) => `+${stamp}`,
  ({ stamp }) => `-${stamp}`,
  ({ stamp }) => `0${stamp}`,
  ({ stamp }) => `${stamp}.0`,
  ({ stamp }) => `${stamp}e0`,
  ({ stamp }) => `${stamp}0`,
  ({ stamp }) => `${stamp}n`,
  ({ stamp }) => ` ${stamp}`,
  ({ stamp }) => `${stamp} `,
  ({ stamp }) => `\u00a0${stamp}`,
  ({ stamp }) => `${stamp}\u2028`,
  ({ stamp }) => `${stamp}\0`,
  ({ stamp }) => `0x${Number(stamp).toString(16)}`,
  ({ stamp }) => [...stamp].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join(''),
  ({ stamp }) => [...stamp].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0x630)).join(''),
  ({ stamp }) => `${stamp}${'0'.repeat(300)}`,
  ({ stamp }) => `${stamp.slice(0, 4)}_${stamp.slice(4)}`,
  ({ stampMs }) => new Date(stampMs).toUTCString(),
  ({ stampMs }) => new Date(stampMs).toISOString().slice(0, 10),
  ...['', '0', '-0', '1', 'NaN', 'Infinity', 'null', 'now', '[]', '9'.repeat(15), '9'.repeat(16)].map(
    (text) => () => text,
  ),
  ...['999999999999', '99999999999', '2026-01-01', '2026-01-01T00:00Z', '20260101T000000Z'].map((text) => () => text),
]

/** Dates that a lenient parser takes, though they are none, or not of RFC 3339. */
const MALFORMED_DATES: readonly ((plan: Plan) => string)[] = [
  (plan) => rfc3339(plan, 'z'),
  (plan) => rfc3339(plan, 'Z').replace('T', 't'),
  (plan) => rfc3339(plan, 'Z').replace('T', ' '),
  (plan) => rfc3339(plan, ''),
  (plan) => rfc3339(plan, '+0000'),
  (plan) => rfc3339(plan, '+00'),
  (plan) => rfc3339(plan, 'Z', '.'),
  (plan) => rfc3339(plan, 'Z', '.1234567890'),
  (plan) => `+00${rfc3339(plan, 'Z')}`,
  (plan) => `${rfc3339(plan, '')}+24:00`,
  (plan) => `${rfc3339(plan, '')}+00:60`,
  (plan) => `${rfc3339(plan, '')}\u221200:00`,
  (plan) => `${rfc3339(plan, 'Z')}[UTC]`,
  (plan) => rfc3339(plan, 'Z').replace(/:\d\dZ/, ':60Z'),
  (plan) => rfc3339(plan, 'Z').replace(/-\d\dT/, '-32T'),
  (plan) => rfc3339(plan, 'Z').replace(/-\d\d-\d\dT/, '-02-30T'),
  (plan) => rfc3339(plan, 'Z').replace(/T\d\d/, 'T24'),
  (plan) => rfc3339(plan, 'Z').replace(/T\d\d/, 'T25'),
]

export const stamps: readonly Kind[] = [
  clockOff('at the end of the tolerance', (reach) => reach),
  clockOff('at its start', (reach) => -reach),
  clockOff('just past its end', (reach) => reach + 1, 'too-old'),
  clockOff('just before its start', (reach) => -reach - 1, 'too-new'),
  clockOff('years past it', (reach) => reach + 1e11, 'too-old'),
  clockOff('years before it', (reach) => -reach - 1e11, 'too-new'),
  written('in milliseconds', ({ stampMs }) => String(stampMs), acceptedBy),
  written('a date', (plan) => rfc3339(plan, 'Z'), acceptedBy),
  written('a date without an offset', (plan, random) => rfc3339(plan, random.pick(['+00:00', '-00:00'])), acceptedBy),
  written('a date in a zone', (plan, random) => rfc3339(plan, random.pick(ZONES)), acceptedBy),
  written(
    'a date and no fraction',
    (plan, random) => rfc3339(plan, 'Z', random.pick(['.0', '.000000000'])),
    acceptedBy,
  ),
  // A fraction may be what is too much.
  written('a date and a fraction', fractional, (plan) => [...acceptedBy(plan), ...STALE]),
  written('a date far off', (_, random) => random.pick(FAR_OFF), refused),
  written('malformed', (plan, random) => random.pick(MALFORMED)(plan), refused),
  written('a malformed date', (plan, random) => random.pick(MALFORMED_DATES)(plan), refused),
  {
    name: 'stamp: another than was signed',
    applies: hasStamp,
    tamper: ({ headers, plan }) => ({
      headers: headers.map(([name, value]) => [name, value.replace(plan.stamp, String(Number(plan.stamp) + 1))]),
      expected: REFUSED,
    }),
  },
]

function fractional(plan: Plan, random: Random): string {
  return rfc3339(plan, random.pick(['Z', ...ZONES]), random.pick(FRACTIONS))
}
