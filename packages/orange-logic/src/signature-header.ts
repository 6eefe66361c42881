import type { Candidate, KeyState, ParsedSignature } from '@countersign/core'

export const HEADER = 'X-ol-signature'
/** Of eight entries. */
const MAX_TOKENS = 16

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
  const tokens = text.split(/[ \t,]+/)
  // What stands at an edge leaves an empty one there.
  if (!tokens[0]) tokens.shift()
  if (!tokens.at(-1)) tokens.pop()
  for (let index = 0; index < tokens.length; index += 2) {
    const label = tokens[index] as string
    const signature = tokens[index + 1]
    const isKnown = label === 'v1' || label === 'v1a'
    // No signature is mistaken for a label: the shortest has 44 characters.
    if (!signature || tokens[MAX_TOKENS] || !(isKnown || /^v\d+[a-z]?$/.test(label))) return { candidates: [] }
    if (isKnown) candidates.push({ label, text: signature })
  }
  return { candidates }
}

/** The old keys' signatures as `v1`, the new one's as `v1a`; a key that signs alone does so as `v1`. */
export function formatSignatures(digests: readonly { text: string; state: KeyState }[]): Record<string, string> {
  const texts = digests.map(({ text, state }) => `v1${digests[1] && state !== 'retiring' ? 'a' : ''},${text}`)
  return { [HEADER]: texts.join(' ') }
}
