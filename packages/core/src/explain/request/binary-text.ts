import { latin1 } from '../../encoding.js'

/** So many arguments can be spread in every engine. */
const SPREAD = 8192

/**
 * Bytes as the characters of their numbers. What holds any bytes, such as a shell's words, can so be taken apart as text,
 * and nothing is lost where it is no UTF-8. Not TextDecoder: its 'latin1' is windows-1252.
 */
export function binaryText(bytes: Uint8Array): string {
  const pieces: string[] = []
  for (let at = 0; at < bytes.length; at += SPREAD) pieces.push(latin1(bytes.subarray(at, at + SPREAD)))
  return pieces.join('')
}

/** The bytes of what `binaryText` made. */
export function binaryBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at)
  return bytes
}

/** @throws if it is no base64. */
export function base64Bytes(text: string): Uint8Array {
  return binaryBytes(atob(text))
}
