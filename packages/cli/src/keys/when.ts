import { DAY, HOUR, MINUTE, SECOND } from '../durations.js'

const RELATIVE = new Intl.RelativeTimeFormat('en', { numeric: 'always' })
const YEAR = 365 * DAY

/** From so much on it is counted in that unit: 90 minutes tell more than 1 hour. */
const UNITS = [
  { from: 2 * YEAR, unit: 'year', length: YEAR },
  { from: 60 * DAY, unit: 'month', length: 30 * DAY },
  { from: 2 * DAY, unit: 'day', length: DAY },
  { from: 2 * HOUR, unit: 'hour', length: HOUR },
  { from: 2 * MINUTE, unit: 'minute', length: MINUTE },
  { from: 0, unit: 'second', length: SECOND },
] as const

/** `in 3 days`, `4 minutes ago`, rounded: what was set to 24 hours a second ago is `in 24 hours`. */
export function relative(moment: number, now: number): string {
  const ms = moment - now
  const size = Math.abs(ms)
  if (size < SECOND) return 'now'
  const { unit, length } = UNITS.find(({ from }) => size >= from) ?? UNITS[5]
  return RELATIVE.format(Math.sign(ms) * Math.round(size / length), unit)
}

/** `matched 4 minutes ago`. A receiver's clock may be ahead of this one. */
export function matchedWhen(lastUsed: number, now: number): string {
  return `matched ${relative(Math.min(lastUsed, now), now)}`
}

/** The local time with its zone, without the year where it is near: `22 Nov 06:15 UTC`, `22 Nov 2024`. */
export function localTime(moment: number, now: number): string {
  const isNear = Math.abs(moment - now) < 300 * DAY
  const parts = new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).formatToParts(moment)
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? ''
  const date = `${part('day')} ${part('month')}`
  return isNear ? `${date} ${part('hour')}:${part('minute')} ${part('timeZoneName')}` : `${date} ${part('year')}`
}

/** Both: `23 Nov 06:15 UTC (in 24 hours)`. */
export function when(moment: number, now: number): string {
  return `${localTime(moment, now)} (${relative(moment, now)})`
}
