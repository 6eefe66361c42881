import type { Candidate, ParsedSignature } from '@countersign/core'

/**
 * Reads `timestamp, signature[, signature...]` with optional blanks around each (RFC 9110, section 5.6.3: spaces and tabs).
 * What the entries are is checked later.
 */
export function parseSignatures(text: string): ParsedSignature {
  // Made with its first: an array that grows is made for seventeen, and nearly all deliveries have one.
  let candidates: Candidate[] | undefined
  let timestamp: string | undefined
  for (let from = 0, comma = 0; comma >= 0; from = comma + 1) {
    comma = text.indexOf(',', from)
    let end = comma >= 0 ? comma : text.length
    while (isBlank(text[from])) from++
    while (isBlank(text[end - 1])) end--
    const entry = text.slice(from, end)
    if (timestamp === undefined) timestamp = entry
    else if (candidates) candidates.push({ text: entry })
    else candidates = [{ text: entry }]
  }
  return { timestamp, candidates: candidates ?? [] }
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t'
}
