import { exportKeyring, type KeyInput, type Keyring, parseKeyring, stage } from '@countersign/core'

/** The ring with one more key, which the vendor signs with from its `activeFrom` on; without one, since ever. Throws as `stage`. */
export function withKey(ring: Keyring, key: KeyInput): Keyring {
  const staged = stage(ring, key)
  if (key.activeFrom !== undefined) return staged
  // `stage` has it wait to be promoted, and `keyring` would forget the ids of keys that are gone. The format can say both.
  const document = JSON.parse(exportKeyring(staged)) as { keys: { id: string; activeFrom?: number }[] }
  const keys = document.keys.map(({ activeFrom, ...rest }) => {
    return rest.id === key.id || activeFrom === undefined ? rest : { ...rest, activeFrom }
  })
  return parseKeyring(JSON.stringify({ ...document, keys }))
}
