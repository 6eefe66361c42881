import type { Candidate, ParsedSignature } from '@countersign/core'

/**
 * Reads `timestamp, signature[, signature...]` with optional blanks around each (RFC 9110, section 5.6.3: spaces and tabs).
 * What the entries are is checked later. A signature is left at the end of its text, since cutting it out costs more.
 */
export function parseSignatures(text: string): ParsedSignature {
  // Made with its first: an array that grows is made for seventeen, and nearly all deliveries have one.
  let candidates: Candidate[] | undefined
  let timestamp: string | undefined
  let from = 0
  do {
    const comma = text.indexOf(',', from)
    let end = comma >= 0 ? comma : text.length
    while (isBlank(text[from])) from++
    while (isBlank(text[end - 1])) end--
    const upTo = text.slice(0, end)
    if (timestamp === undefined) timestamp = upTo.slice(from)
    else if (candidates) candidates.push({ text: upTo, at: from })
    else candidates = [{ text: upTo, at: from }]
    from = comma + 1
  } while (from)
  return { candidates: candidates ?? [], timestamp }
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t'
}
