import { readStamp, unitWords } from '../readings/stamp-readings.js'
import { spanWords } from '../words.js'
import type { Deviation } from './deviation.js'

const HALF_HOUR_MS = 30 * 60_000

/** What is wrong with a signed stamp that is too far from the clock; undefined if nothing is. */
export function freshnessDeviation(
  stamp: string,
  at: number,
  now: number,
  toleranceSeconds: number,
): Deviation | undefined {
  const off = now - at
  const allowedMs = toleranceSeconds * 1000
  if (Math.abs(off) <= allowedMs) return undefined
  const meant = readStamp(stamp)
  if (meant !== undefined && meant.at !== at && Math.abs(now - meant.at) <= allowedMs) {
    return {
      code: 'timestamp-unit',
      summary: `with the timestamp read ${unitWords(meant.unit)}, which this provider is not defined for`,
      fix: "Define the timestamp's unit as the vendor sends it: scheme.timestamp.unit is 's', 'ms' or 'auto'.",
    }
  }
  return {
    code: 'clock-skew',
    summary: `if the timestamp, which is ${spanWords(off)} ${off > 0 ? 'behind' : 'ahead of'} this clock, were within the ${spanWords(allowedMs)} that are allowed`,
    fix: skewFix(off),
  }
}

function skewFix(off: number): string {
  // A tenth of a minute either way is the time that a delivery is under way.
  const rest = Math.abs(off) % HALF_HOUR_MS
  const isZone = Math.abs(off) < 15 * 3_600_000 && Math.min(rest, HALF_HOUR_MS - rest) < 20_000
  if (isZone) return 'Look for a local time that is taken for UTC, on either side: it is off by whole half hours.'
  return off > 0
    ? 'If it has just arrived, set this clock right (NTP), which is ahead; if it was sent long ago, it is a late retry or a replay, and refusing it is right.'
    : "Set this clock right (NTP): it is behind; or the sender's is ahead."
}
