import { CountersignError } from '../errors.js'
import { createKeyring, type Keyring } from '../keyring.js'
import { toRing } from '../keys-input.js'
import type { AnyProvider } from '../provider.js'
import { secret } from '../secret-from-text.js'
import type { Finding } from './finding.js'

/**
 * The ring of keys as a verifier takes them, but that secrets which it refuses (white space at an edge, too short) are let
 * in: they are what is to be explained.
 *
 * @throws CountersignError as a verifier, for anything else.
 */
export function lenientKeyring(keys: unknown, provider: AnyProvider): Keyring {
  return createKeyring(toRing(lenient(keys), provider).keys)
}

function lenient(keys: unknown): unknown {
  if (typeof keys === 'string' && keys.trim() !== '') return secret(keys, { minBytes: 1, verbatim: true })
  if (Array.isArray(keys)) return keys.map(lenient)
  const isPlain = typeof keys === 'object' && keys !== null && Object.getPrototypeOf(keys) === Object.prototype
  if (!isPlain || 'usable' in keys) return keys
  return Object.fromEntries(
    Object.entries(keys).map(([slot, one]) => [slot, typeof one === 'string' ? lenient(one) : one]),
  )
}

/** Where a delivery verifies with keys that a verifier does not take: that is what is wrong. */
export function strictnessFindings(keys: unknown, provider: AnyProvider): readonly Finding[] {
  try {
    toRing(keys, provider)
    return []
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error
    const isShort = error.code === 'secret-too-short'
    return [
      {
        code: isShort ? 'secret-too-short' : 'secret-white-space',
        summary: `The signature is right, and a verifier refuses this secret: ${isShort ? 'it is shorter than 8 bytes' : 'it has white space at an edge'}.`,
        fix: isShort
          ? 'Choose a longer secret at the vendor, or give secret(text, { minBytes }) knowingly.'
          : 'If the white space belongs to the secret, give secret(text, { verbatim: true }).',
        certain: true,
      },
    ]
  }
}
