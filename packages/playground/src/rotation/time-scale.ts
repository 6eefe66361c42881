const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A range of time on an axis. Milliseconds since the epoch. */
export interface Range {
  readonly from: number
  readonly until: number
}

/** Where a moment stands on the axis: 0 at its beginning, 100 at its end, not beyond either. */
export function percentOf(moment: number, { from, until }: Range): number {
  return Math.min(100, Math.max(0, ((moment - from) / (until - from)) * 100))
}

/** The moment at a part of the axis, rounded to a step. */
export function momentAt(part: number, { from, until }: Range, stepMs: number): number {
  const within = Math.min(1, Math.max(0, part))
  return Math.min(until, from + Math.round(((until - from) * within) / stepMs) * stepMs)
}

/** How far one press of an arrow key goes: about a three hundredth of the axis, in a unit that reads well. */
export function stepOf({ from, until }: Range): number {
  return unitAtLeast((until - from) / 300)
}

const UNITS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 7200, 14_400, 43_200].map(
  (count) => count * MINUTE,
)

function unitAtLeast(ms: number): number {
  return UNITS.find((unit) => unit >= ms) ?? (UNITS.at(-1) as number)
}

export interface Tick {
  readonly at: number
  readonly label: string
}

/** Ticks of an axis, at most so many, each labelled by the time since its beginning. */
export function ticks(range: Range, atMost: number): readonly Tick[] {
  const span = range.until - range.from
  const step = unitAtLeast(span / atMost)
  const count = Math.floor(span / step)
  return Array.from({ length: count + 1 }, (_, index) => ({
    at: range.from + index * step,
    label: spanText(index * step, step),
  }))
}

/** A span in the largest unit that the step allows: "90 min", "36 h", "4 d". */
function spanText(ms: number, step: number): string {
  if (ms === 0) return '0'
  if (step >= DAY) return `${ms / DAY} d`
  return step >= HOUR ? `${ms / HOUR} h` : `${ms / MINUTE} min`
}

/** A span from the beginning in words of two units: "1 d 4 h", "35 min". */
export function elapsedText(ms: number): string {
  const parts = [
    [Math.floor(ms / DAY), 'd'],
    [Math.floor((ms % DAY) / HOUR), 'h'],
    [Math.floor((ms % HOUR) / MINUTE), 'min'],
  ] as const
  const told = parts.filter(([count]) => count > 0).slice(0, 2)
  return told.length === 0 ? '0 min' : told.map(([count, unit]) => `${count} ${unit}`).join(' ')
}
