import { InvalidArgumentError } from 'commander'
import { DAY, HOUR, MINUTE, SECOND } from '../durations.js'

/** The longest first: what is printed has the fewest digits. */
const UNITS = { d: DAY, h: HOUR, m: MINUTE, s: SECOND } as const

/** `90s`, `15m`, `24h`, `7d` or `0` in milliseconds. */
export function parseDuration(text: string): number {
  if (text === '0') return 0
  const [, number, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? []
  if (number !== undefined) return Number(number) * UNITS[unit as keyof typeof UNITS]
  throw new InvalidArgumentError('Write a number and its unit: 90s, 15m, 1h, 7d; or 0.')
}

/** As `parseDuration` reads it. */
export function formatDuration(ms: number): string {
  for (const [unit, length] of Object.entries(UNITS)) {
    if (ms >= length && ms % length === 0) return `${ms / length}${unit}`
  }
  return ms === 0 ? '0' : `${Math.ceil(ms / SECOND)}s`
}
