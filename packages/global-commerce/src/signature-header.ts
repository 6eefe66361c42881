import type { ParsedSignature } from '@countersign/core'

/** Reads `timestamp, signature[, signature...]` with optional blanks around each. What they are is checked later. */
export function parseSignatures(text: string): ParsedSignature {
  const [timestamp, ...signatures] = text.split(',').map(trimBlanks)
  return { timestamp, candidates: signatures.map((signature) => ({ text: signature })) }
}

/** HTTP's own optional white space (RFC 9110, section 5.6.3): `trim` would take more, and an expression could be slow. */
function trimBlanks(entry: string): string {
  return entry
    .split(/[ \t]/)
    .filter((part) => part)
    .join(' ')
}

export function formatSignatures(digests: readonly { text: string }[], timestamp: string): string {
  return [timestamp, ...digests.map(({ text }) => text)].join(', ')
}
