import { type AnyProvider, type Key, type Keyring, keyring, secret } from '@countersign/core'
import type { KeyData } from './delivery.js'

const YEAR_MS = 365 * 24 * 60 * 60 * 1000

/** The ring that plain data stands for. */
export function ringOf(keys: readonly KeyData[]): Keyring {
  return keyring(keys.map(({ secret: text, encoding = 'utf8', ...key }) => ({ ...key, secret: keyOf(text, encoding) })))
}

function keyOf(text: string, encoding: NonNullable<KeyData['encoding']>): Key['secret'] {
  return secret(text, { encoding, minBytes: 1, verbatim: true })
}

/** The vendor's ring in which just these keys sign, in their order, by the vendor's own policy. */
export function signingRing(signers: readonly KeyData[], { rotation }: AnyProvider, now: number): Keyring {
  const undated = signers.map(({ id, secret, encoding, slot }) => ({ id, secret, slot, ...(encoding && { encoding }) }))
  if (rotation.kind !== 'overlap' || undated.length < 2) return ringOf(undated)
  // With an overlap the old key signs beside the new one.
  return ringOf(
    undated.map((key, index) => ({
      ...key,
      activeFrom: now - YEAR_MS + index,
      ...(index < undated.length - 1 && { retireFrom: now - 1, notAfter: now + YEAR_MS }),
    })),
  )
}
