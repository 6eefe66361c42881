import { fail } from './errors.js'
import { type Key, type KeyState, stateEnds, stateOf } from './key.js'

/** An immutable set of keys. Position means nothing; ids do. */
export interface Keyring {
  /** 16 at most, all of different ids. */
  readonly keys: readonly Key[]
  /** Ids of keys that are gone: they are never given out again. */
  readonly tombstones: readonly string[]
  /**
   * The keys that verify at a moment (milliseconds since the epoch): staged, then active, then retiring ones. Of several
   * keys that match one delivery the newest is named thus, and a retiring one only where it was needed.
   */
  usable(now: number): readonly Key[]
  /** The keys that verify no more, but may name why a delivery is refused: revoked, or expired within a day. */
  ended(now: number): readonly Key[]
  /** What a key is at a moment (milliseconds since the epoch). */
  stateOf(key: Key, now: number): KeyState
  /** What each key is at a moment, and until when (milliseconds since the epoch). */
  describe(now: number): readonly KeyDescription[]
}

/** What a key is at a moment. It holds no secret: for logs and tables. */
export interface KeyDescription {
  /** The id of the key. */
  id: string
  /** The key's slot, where the provider has slots. */
  slot?: string | undefined
  /** What it is. */
  state: KeyState
  /** When it leaves that state, in milliseconds since the epoch; undefined if it never does by itself. */
  until?: number | undefined
}

/** Caps the work of one delivery (law 4). */
export const MAX_KEYS = 16

const DAY_MS = 86_400_000
const BRAND = Symbol.for('countersign.keyring')
const VERIFYING: readonly KeyState[] = ['staged', 'active', 'retiring']

/** A ring of keys that are known to be well-formed and of different ids. @throws CountersignError `too-many-keys`. */
export function createKeyring(keys: readonly Key[], tombstones: readonly string[] = []): Keyring {
  if (keys.length > MAX_KEYS) fail('too-many-keys')
  // The answer for one moment: at a high rate many deliveries share it, and none of them has to sort.
  let at = NaN
  let usable: readonly Key[]
  return Object.freeze({
    [BRAND]: true,
    keys: Object.freeze(keys),
    tombstones: Object.freeze(tombstones),
    usable(now: number): readonly Key[] {
      if (now !== at) {
        usable = Object.freeze(VERIFYING.flatMap((state) => keys.filter((key) => stateOf(key, now) === state)))
        at = now
      }
      return usable
    },
    ended: (now: number) => keys.filter((key) => hasEnded(key, now)),
    stateOf,
    describe: (now: number) =>
      keys.map((key) => ({ id: key.id, slot: key.slot, state: stateOf(key, now), until: stateEnds(key, now) })),
  })
}

function hasEnded(key: Key, now: number): boolean {
  const state = stateOf(key, now)
  return state === 'revoked' || (state === 'expired' && now - (key.notAfter as number) <= DAY_MS)
}

/** Whether a value is a ring, made by whichever copy of this package. */
export function isKeyring(value: unknown): value is Keyring {
  return (value as { [BRAND]?: unknown } | null | undefined)?.[BRAND] === true
}
