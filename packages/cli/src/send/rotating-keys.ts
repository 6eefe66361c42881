import { type AnyProvider, type Key, type Keyring, keyring, rotate } from '@countersign/core'
import { InvalidArgumentError } from 'commander'

/**
 * The ring with which a delivery is signed twice, as the vendor does while it rotates.
 *
 * @throws InvalidArgumentError where the vendor never does, or there are not two keys for it.
 */
export function rotatingKeys(ring: Keyring, provider: AnyProvider, now: number): Keyring {
  const { rotation, title } = provider
  const keys = oldestFirst(ring, now)
  switch (rotation.kind) {
    case 'swap':
      throw new InvalidArgumentError(
        `--rotate: ${title} swaps its secret at once, and its header has room for one signature; send with the old secret, and then with the new one`,
      )
    case 'slots': {
      const missing = rotation.slots.find((slot) => !keys.some((key) => key.slot === slot))
      if (missing !== undefined)
        throw new InvalidArgumentError(`--rotate: ${title} signs with a key of the slot ${missing} as well: give one`)
      return ring
    }
    case 'expiring':
      requireTwo(keys)
      // Without dates all of them sign.
      return keyring(keys.map(({ id, secret }) => ({ id, secret })))
    case 'overlap': {
      const [older, newer] = requireTwo(keys)
      const before = keyring([{ id: older.id, secret: older.secret }])
      return rotate(before, provider, { id: newer.id, secret: newer.secret, now }).ring
    }
  }
}

const AGES = ['retiring', 'active', 'staged']

/** Those that verify; of one state in the ring's own order, which is that of the command line. */
function oldestFirst(ring: Keyring, now: number): readonly Key[] {
  const states = new Map(ring.describe(now).map(({ id, state }) => [id, AGES.indexOf(state)]))
  const ageOf = ({ id }: Key) => states.get(id) ?? 0
  return [...ring.usable(now)].sort((one, other) => ageOf(one) - ageOf(other))
}

function requireTwo(keys: readonly Key[]): readonly [Key, Key] {
  const [older, newer] = keys
  if (older !== undefined && newer !== undefined) return [older, newer]
  throw new InvalidArgumentError(
    '--rotate: give the older secret and then the newer one, or a keyring that is rotating',
  )
}
