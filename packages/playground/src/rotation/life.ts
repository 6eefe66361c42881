import {
  type AnyProvider,
  type Keyring,
  keyring,
  promote,
  type RotateOptions,
  revoke,
  rotate,
  stage,
} from '@countersign/core'
import { madeUpSecret } from '../delivery/made-up-secret.js'

/** What an operator does to a ring. Durations are milliseconds. */
export type Action =
  | { readonly kind: 'rotate'; readonly options: Pick<RotateOptions, 'slot' | 'graceMs' | 'force'> }
  | { readonly kind: 'stage' }
  | { readonly kind: 'promote'; readonly id: string; readonly graceMs?: number }
  | { readonly kind: 'revoke'; readonly id: string }

/** A ring, and since when it is the one. */
interface Chapter {
  readonly at: number
  readonly ring: Keyring
  /** Undefined: how it began. */
  readonly action: Action | undefined
}

/** How a ring became what it is: chapters in the order of their moments. Never empty. */
export type Life = readonly Chapter[]

/** A ring with one undated key, or one for each slot: as it is with a secret out of the environment. */
export function newLife(provider: AnyProvider, at: number): Life {
  const slots = provider.slots ?? [undefined]
  const keys = slots.map((slot) => ({ id: slot ?? 'key-1', slot, secret: madeUpSecret(provider) }))
  return [{ at, ring: keyring(keys), action: undefined }]
}

/** The ring that is in force at a moment. */
export function ringAt(life: Life, moment: number): Keyring {
  const first = life[0] as Chapter
  return (life.findLast(({ at }) => at <= moment) ?? first).ring
}

/**
 * The life after something is done at a moment. Later chapters would have come out differently: they are dropped.
 *
 * @throws CountersignError where the vendor's rules forbid it.
 */
export function act(life: Life, provider: AnyProvider, action: Action, at: number): Life {
  const ring = changed(ringAt(life, at), provider, action, at)
  return [...life.filter((chapter) => chapter.at <= at), { at, ring, action }]
}

function changed(ring: Keyring, provider: AnyProvider, action: Action, now: number): Keyring {
  switch (action.kind) {
    case 'rotate':
      return rotate(ring, provider, { ...action.options, secret: madeUpSecret(provider), now }).ring
    case 'stage':
      return stage(ring, { id: freeId(ring), secret: madeUpSecret(provider) })
    case 'promote':
      return promote(ring, action.id, { graceMs: action.graceMs, now })
    case 'revoke':
      return revoke(ring, action.id, { now })
  }
}

function freeId(ring: Keyring): string {
  let number = 1
  while (ring.keys.some(({ id }) => id === `key-${number}`)) number++
  return `key-${number}`
}
