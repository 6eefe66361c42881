import { exportKeyring, type Keyring } from '@countersign/core'

/** How the text that `reveal` prints has to be read again. The format of keyrings is the one place that tells. */
export function encodingOf(ring: Keyring, id: string): string {
  const { keys: exported } = JSON.parse(exportKeyring(ring)) as { keys: readonly { id: string; encoding: string }[] }
  return exported.find((key) => key.id === id)?.encoding ?? 'utf8'
}
