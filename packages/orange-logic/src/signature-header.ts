import type { Candidate, KeyState, ParsedSignature } from '@countersign/core'

const MAX_ENTRIES = 8

/**
 * Reads `v1,<base64> v1a,<base64>`: labels and values by turns, between white space and commas. The vendor points to
 * Standard Webhooks for the separator, and shows no header with both. `v1` is the old key's signature, and outside a
 * rotation the only one; `v1a` the new one's.
 *
 * An entry of an unknown version is skipped with its value. Labels make candidates; which key fits decides the MAC alone.
 * No candidates, which is malformed, for anything else: a stray value, a label without one, more than eight entries.
 */
export function parseSignatures(text: string): ParsedSignature {
  const candidates: Candidate[] = []
  const tokens = text.split(/[ \t,]+/).filter((token) => token)
  for (let index = 0; index < tokens.length; index += 2) {
    const [label = '', signature = ''] = tokens.slice(index, index + 2)
    // No signature is mistaken for a label: the shortest has 44 characters.
    if (!/^v\d{1,6}[a-z]?$/.test(label) || !signature || index >= 2 * MAX_ENTRIES) return { candidates: [] }
    if (/^v1a?$/.test(label)) candidates.push({ label, text: signature })
  }
  return { candidates }
}

/** The old keys' signatures as `v1`, the new one's as `v1a`; a key that signs alone does so as `v1`. */
export function formatSignatures(digests: readonly { text: string; state: KeyState }[]): string {
  const isNew = ({ state }: { state: KeyState }) => digests.length > 1 && state !== 'retiring'
  return digests.map((digest) => `v1${isNew(digest) ? 'a' : ''},${digest.text}`).join(' ')
}
