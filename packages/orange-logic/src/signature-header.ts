import type { KeyState, ParsedSignature } from '@countersign/core'

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
  const tokens = text.split(/[ \t,]+/).filter((token) => token !== '')
  const labels = tokens.filter((_, index) => index % 2 === 0)
  // No signature is mistaken for a label: the shortest has 44 characters.
  const isPaired = tokens.length === 2 * labels.length && labels.every((label) => /^v\d{1,6}[a-z]?$/.test(label))
  if (!isPaired || labels.length > MAX_ENTRIES) return { candidates: [] }
  const entries = labels.map((label, index) => ({ label, text: tokens[2 * index + 1] ?? '' }))
  return { candidates: entries.filter(({ label }) => /^v1a?$/.test(label)) }
}

/** The old keys' signatures as `v1`, the new one's as `v1a`; a key that signs alone does so as `v1`. */
export function formatSignatures(digests: readonly { text: string; state: KeyState }[]): string {
  const rotating = digests.length > 1
  return digests.map(({ text, state }) => `${rotating && state !== 'retiring' ? 'v1a' : 'v1'},${text}`).join(' ')
}
