import { utf8 } from '../../encoding.js'
import { base64Bytes } from './binary-text.js'
import { unreadable } from './unreadable.js'

/** A body within JSON: its text, or the base64 of its bytes. `member` is its name, for messages. */
export function jsonBody(value: unknown, isBase64: boolean, member: string): Uint8Array {
  const text = value ?? ''
  if (typeof text !== 'string') {
    unreadable(`${member} is no text but what a parser made of it: paste the body as it arrived, as one JSON string`)
  }
  if (!isBase64) return utf8(text)
  try {
    return base64Bytes(text)
  } catch (cause) {
    unreadable(`${member} is no base64`, cause)
  }
}
