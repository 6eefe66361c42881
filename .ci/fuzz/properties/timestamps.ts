import { strictEqual } from 'node:assert/strict'
import fc from 'fast-check'
import { parseRfc3339 } from '../../../packages/core/src/index.js'
import { formatTimestamp, parseTimestamp } from '../core-internals.js'
import { anyEdit, anyTextOf } from '../texts.js'

const NUMBERS = ['0', '1', '9', '1767225600', '1767225600000', '-', '+', '.', 'e', 'n', '_', ' ', '\n', '\u0661', '0x']
const anyDigits = fc.oneof(fc.bigInt({ min: 0n, max: 10n ** 17n }).map(String), anyTextOf(NUMBERS, 4))
const units = ['s', 'ms', 'auto'] as const

/** Character by character, and in whole numbers. */
function digitsAsMs(text: string, unit: 's' | 'ms' | 'auto'): number | undefined {
  const isNumber = text !== '' && [...text].every((one) => '0123456789'.includes(one) && one.length === 1)
  if (!isNumber || text.length > 15 || (text.length > 1 && text.startsWith('0'))) return undefined
  if (unit === 'auto' && text.length !== 10 && text.length !== 13) return undefined
  return Number(BigInt(text) * (unit === 's' || (unit === 'auto' && text.length === 10) ? 1000n : 1n))
}

const anyDate = fc
  .record({
    at: fc.date({ min: new Date('0000-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true }),
    fraction: fc.oneof(fc.constant(''), fc.stringMatching(/^\.\d{1,9}$/)),
    zone: fc.oneof(fc.constant('Z'), fc.stringMatching(/^[+-]([01]\d|2[0-3]):[0-5]\d$/)),
  })
  .map(({ at, fraction, zone }) => at.toISOString().slice(0, 19) + fraction + zone)
const anyFields = fc
  .tuple(
    ...[9999, 13, 32, 25, 61, 61].map((max) => fc.nat(max)),
    fc.constantFrom('Z', '+00:00', '-23:59', '+24:00', 'z', ''),
  )
  .map(([year, month, day, hour, minute, second, zone]) => {
    const two = (value: unknown) => String(value).padStart(2, '0')
    return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}${zone}`
  })

/** RFC 3339, section 5.6, in other words: fields by their places, days by the calendar. */
function rfc3339AsMs(text: string): number | undefined {
  const parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:Z|([+-])(\d\d):(\d\d))$/.exec(text)
  if (parts === null) return undefined
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const [offsetHour, offsetMinute] = [Number(parts[9] ?? 0), Number(parts[10] ?? 0)]
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0
  if (day < 1 || day > days || hour > 23 || minute > 59 || second > 59 || offsetHour > 23 || offsetMinute > 59) {
    return undefined
  }
  const at = new Date(0)
  at.setUTCFullYear(year, month - 1, day)
  at.setUTCHours(hour, minute, second, Number((parts[7] ?? '').slice(0, 3).padEnd(3, '0')))
  return at.getTime() - (parts[8] === '-' ? -1 : 1) * (offsetHour * 60 + offsetMinute) * 60_000
}

export const timestamps = {
  'stamp-of-digits': fc.property(anyDigits, fc.constantFrom(...units), (text, unit) => {
    strictEqual(parseTimestamp(text, unit), digitsAsMs(text, unit))
  }),

  'stamp-read-back': fc.property(fc.nat(Number.MAX_SAFE_INTEGER), fc.constantFrom(...units), (now, unit) => {
    // A clock of this age: 10 digits are seconds and 13 are milliseconds.
    const at = unit === 'auto' ? 1e12 + (now % 9e12) : now % 1e15
    const ms = unit === 'ms' ? at : Math.floor(at / 1000) * 1000
    strictEqual(parseTimestamp(formatTimestamp(at, unit), unit), ms)
  }),

  'stamp-of-rfc3339': fc.property(
    fc.oneof(anyDate, anyFields),
    fc.oneof({ weight: 2, arbitrary: fc.constant((text: string) => text) }, anyEdit('0123456789-+:.TZtz ')),
    (text, edit) => {
      strictEqual(parseRfc3339(edit(text)), rfc3339AsMs(edit(text)))
    },
  ),
}
