import type { Candidate, KeyState, ParsedSignature } from '@countersign/core'

export const HEADER = 'X-ol-signature'

/**
 * Reads `v1,<base64> v1a,<base64>`: labels and values by turns, between white space and commas. The vendor points to
 * Standard Webhooks for the separator, and shows no header with both. `v1` is the old key's signature, and outside a
 * rotation the only one; `v1a` the new one's.
 *
 * An entry of an unknown version is skipped with its value. Labels make candidates; which key fits decides the MAC alone.
 * No candidates, which is malformed, for anything else: a stray value, a label without one, more than eight entries.
 *
 * Character by character, since `split` costs more; and a signature is left at the end of its text, since cutting it out does.
 */
export function parseSignatures(text: string): ParsedSignature {
  // Made with its first: an array that grows is made for seventeen, and nearly all deliveries have one.
  let candidates: Candidate[] | undefined
  let label = ''
  for (let from = 0, end = 0, entries = 0; end <= text.length; end++) {
    // Tab, space and comma; the end is as good as one.
    const code = end < text.length ? text.charCodeAt(end) : 9
    if (code !== 9 && code !== 32 && code !== 44) continue
    if (from < end) {
      const word = text.slice(label ? 0 : from, end)
      if (label === 'v1' || label === 'v1a') {
        if (candidates) candidates.push({ text: word, label, at: from })
        else candidates = [{ text: word, label, at: from }]
      }
      label = label ? '' : word
      // No signature is mistaken for a label: the shortest has 44 characters.
      if (label && (entries++ > 7 || !(label === 'v1' || label === 'v1a' || /^v\d+[a-z]?$/.test(label)))) {
        return { candidates: [] }
      }
    }
    from = end + 1
  }
  return { candidates: (!label && candidates) || [] }
}

/** The old keys' signatures as `v1`, the new one's as `v1a`; a key that signs alone does so as `v1`. */
export function formatSignatures(digests: readonly { text: string; state: KeyState }[]): Record<string, string> {
  const texts = digests.map(({ text, state }) => `v1${digests[1] && state !== 'retiring' ? 'a' : ''},${text}`)
  return { [HEADER]: texts.join(' ') }
}
