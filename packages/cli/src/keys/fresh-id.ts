import type { Keyring } from '@countersign/core'

/** The next id that no key of the ring has or had: `key-2`, or of a slot `primary`, `primary-2`. */
export function freshId(ring: Keyring, slot: string | undefined): string {
  const taken = new Set([...ring.tombstones, ...ring.keys.map(({ id }) => id)])
  if (slot !== undefined && !taken.has(slot)) return slot
  let number = slot === undefined ? 1 : 2
  while (taken.has(`${slot ?? 'key'}-${number}`)) number += 1
  return `${slot ?? 'key'}-${number}`
}
