import { DAY, HOUR, MINUTE } from '../durations.js'

const STEPS = [
  MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  5 * DAY,
  10 * DAY,
  20 * DAY,
  30 * DAY,
  60 * DAY,
  90 * DAY,
  180 * DAY,
]
const CELLS_PER_TICK = 8

/**
 * A ruler over so many milliseconds, and beneath it the minutes, hours or days since the beginning; or, where `nowMs` of them
 * are past, before now and from now on.
 */
export function timeAxis(spanMs: number, width: number, nowMs = 0): readonly [ruler: string, labels: string] {
  const atMost = Math.max(1, Math.floor(width / CELLS_PER_TICK))
  const step = STEPS.find((candidate) => spanMs / candidate <= atMost) ?? spanMs
  const ruler = Array.from({ length: width }, () => '─')
  let labels = ''
  for (let tick = -Math.floor(nowMs / step); tick * step < spanMs - nowMs; tick++) {
    const cell = Math.floor(((tick * step + nowMs) / spanMs) * width)
    const label = labelOf(tick * step, step, nowMs > 0)
    if (cell + label.length > width) break
    ruler[cell] = markOf(tick, nowMs > 0)
    labels = labels.padEnd(cell) + label
  }
  return [ruler.join(''), labels]
}

function markOf(tick: number, isNowInside: boolean): string {
  if (tick !== 0) return '┼'
  return isNowInside ? '▲' : '├'
}

function labelOf(elapsed: number, step: number, isNowInside: boolean): string {
  if (elapsed === 0) return isNowInside ? 'now' : '0'
  const sign = isNowInside && elapsed > 0 ? '+' : ''
  if (step < HOUR) return `${sign}${elapsed / MINUTE} min`
  return step < DAY ? `${sign}${elapsed / HOUR} h` : `${sign}${elapsed / DAY} d`
}
