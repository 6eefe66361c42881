import { DAY, HOUR } from './durations.js'

const STEPS = [
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

/** A ruler over so many milliseconds, and beneath it the hours or days since the beginning. */
export function timeAxis(spanMs: number, width: number): readonly [ruler: string, labels: string] {
  const atMost = Math.max(1, Math.floor(width / CELLS_PER_TICK))
  const step = STEPS.find((candidate) => spanMs / candidate <= atMost) ?? spanMs
  const ruler = Array.from({ length: width }, () => '─')
  let labels = ''
  for (let elapsed = 0; elapsed < spanMs; elapsed += step) {
    const cell = Math.floor((elapsed / spanMs) * width)
    const label = elapsed === 0 ? '0' : step < DAY ? `${elapsed / HOUR} h` : `${elapsed / DAY} d`
    if (cell + label.length > width) break
    ruler[cell] = elapsed === 0 ? '├' : '┼'
    labels = labels.padEnd(cell) + label
  }
  return [ruler.join(''), labels]
}
