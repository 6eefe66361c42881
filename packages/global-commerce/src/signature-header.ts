import type { ParsedSignature } from '@countersign/core'

/**
 * Reads `timestamp, signature[, signature...]` with optional blanks around each (RFC 9110, section 5.6.3: spaces and tabs;
 * `trim` would take more). What they are is checked later.
 */
export function parseSignatures(text: string): ParsedSignature {
  const [timestamp, ...signatures] = text.split(',').map((entry) =>
    entry
      .split(/[ \t]/)
      .filter((part) => part)
      .join(' '),
  )
  return { timestamp, candidates: signatures.map((signature) => ({ text: signature })) }
}
