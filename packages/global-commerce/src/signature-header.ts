import type { ParsedSignature } from '@countersign/core'

/**
 * Reads `timestamp, signature[, signature...]` with optional blanks around each (RFC 9110, section 5.6.3: spaces and tabs).
 * Without another kind of white space `trim` takes no more. What the entries are is checked later.
 */
export function parseSignatures(text: string): ParsedSignature {
  const comma = text.indexOf(',')
  if (comma < 0 || /[^\t -~]/.test(text)) return { candidates: [] }
  const signatures = text.slice(comma + 1).split(',')
  return { timestamp: text.slice(0, comma).trim(), candidates: signatures.map((text) => ({ text: text.trim() })) }
}
