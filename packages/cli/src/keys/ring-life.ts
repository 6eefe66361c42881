import type { Key, Keyring } from '@countersign/core'
import { DAY, HOUR } from '../durations.js'
import type { KeyHistory, Stretch } from '../picture/key-history.js'
import type { Life } from '../picture/life-picture.js'

/** The greatest instant of a date stands for "until promoted": no moment. */
const LAST_MOMENT = 8.64e15
/** The past and the future are shown so that neither is a speck beside the other. */
const MOST_TO_ONE = 6
const LEAST_PAST = 3
/** Where no date tells what to show. */
const QUIET_PAST = 7 * DAY
const MOST_PAST = 400 * DAY

/** The lives of a ring's keys, as far as their dates tell them, around now. `dueAt`: when the next rotation is. */
export function ringLife(ring: Keyring, now: number, dueAt: number | undefined): Life {
  const dueLater = dueAt !== undefined && dueAt > now ? [dueAt] : []
  const moments = [...ring.keys.flatMap(datesOf), ...dueLater]
  const [from, until] = frameOf(moments, now)
  const inFrame = (moment: number) => from <= moment && moment < until
  return {
    from,
    until,
    now,
    rotatedAt: turnsOf(ring).filter(inFrame),
    dueAt: dueLater,
    lostAt: [],
    keys: ring.keys.map((key) => historyOf(ring, key, { from, until, now })),
  }
}

/** When keys began to sign in the place of others. */
function turnsOf(ring: Keyring): readonly number[] {
  return [...new Set(ring.keys.flatMap(({ retireFrom }) => (retireFrom === undefined ? [] : [retireFrom])))]
}

function datesOf({ activeFrom, retireFrom, notAfter, revokedAt }: Key): readonly number[] {
  return [activeFrom, retireFrom, notAfter, revokedAt].filter(
    (date) => date !== undefined && date < LAST_MOMENT,
  ) as number[]
}

function frameOf(moments: readonly number[], now: number): readonly [number, number] {
  if (moments.length === 0) return [now - QUIET_PAST, now + QUIET_PAST / 4]
  const ahead = Math.max(0, ...moments.map((moment) => moment - now))
  const past = Math.min(MOST_PAST, Math.max(HOUR, ...moments.map((moment) => now - moment)))
  const shown = ahead === 0 ? past : Math.max(ahead / LEAST_PAST, Math.min(past, ahead * MOST_TO_ONE))
  // Room at both ends, so that what begins or ends there is seen to.
  const span = shown + ahead
  return [now - shown - span / 12, now + (ahead === 0 ? span / 4 : ahead + span / 12)]
}

type Frame = Pick<Life, 'from' | 'until'> & { readonly now: number }

function historyOf(ring: Keyring, key: Key, { from, until, now }: Frame): KeyHistory {
  const begins = Math.max(from, knownSince(ring, key, now))
  const edges = [begins, ...datesOf(key).filter((date) => begins < date && date < until), until].sort((a, b) => a - b)
  const stretches = edges.slice(0, -1).map((edge, index): Stretch => {
    return { state: stateAt(ring, key, edge), from: edge, until: edges[index + 1] as number }
  })
  return { id: key.id, stretches }
}

function stateAt(ring: Keyring, key: Key, moment: number) {
  return ring.describe(moment)[ring.keys.indexOf(key)]?.state ?? 'active'
}

/**
 * Since when a key can be shown. A ring does not keep when a key was added: one that waits is shown from now on, and one that
 * signs from when it began to; or from when the key before it began to retire, if that was earlier and overlaps.
 */
function knownSince(ring: Keyring, { id, activeFrom, slot }: Key, now: number): number {
  if (activeFrom === undefined) return Number.NEGATIVE_INFINITY
  const others = ring.keys.filter((key) => key.id !== id && key.slot === slot)
  const handovers = others.flatMap(({ retireFrom, notAfter }) => {
    if (retireFrom === undefined || notAfter === undefined) return []
    return retireFrom <= activeFrom && activeFrom <= notAfter ? [retireFrom] : []
  })
  return handovers.length > 0 ? Math.max(...handovers) : Math.min(now, activeFrom)
}
