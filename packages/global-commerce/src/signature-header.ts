import type { ParsedSignature } from '@countersign/core'

/** Reads `timestamp, signature[, signature...]` with optional white space around each. What they are is checked later. */
export function parseSignatures(text: string): ParsedSignature {
  const [timestamp, ...signatures] = text.split(',').map(trimBlanks)
  return { timestamp, candidates: signatures.map((signature) => ({ text: signature })) }
}

/** HTTP's own optional white space (RFC 9110, section 5.6.3); `trim` would take more. */
function trimBlanks(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isBlank(text[start])) start += 1
  while (end > start && isBlank(text[end - 1])) end -= 1
  return text.slice(start, end)
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t'
}

export function formatSignatures(digests: readonly { text: string }[], timestamp: string): string {
  return [timestamp, ...digests.map(({ text }) => text)].join(', ')
}
