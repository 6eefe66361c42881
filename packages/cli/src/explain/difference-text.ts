import { printable } from '../printable.js'
import type { Colors } from '../terminal.js'
import { differenceOf } from './byte-difference.js'

/** So many bytes are shown before the first that differs, and from it on. */
const BEFORE = 12
const FROM_IT = 20

/** The place where what was hashed and what the sender signed part, in lines; none where they are the same. */
export function differenceText(arrived: Uint8Array, signed: Uint8Array, colors: Colors): readonly string[] {
  const difference = differenceOf(arrived, signed)
  if (difference === undefined) return []
  const { at } = difference
  const sides = [windowOf(arrived, at), windowOf(signed, at)] as const
  const show = sides.every(({ isText }) => isText) ? textLine : hexLine
  return [
    `At byte ${at}, what was hashed here (${arrived.length} bytes) and what was signed (${signed.length}) part:`,
    `  here    ${show(sides[0], colors.red)}`,
    `  signed  ${show(sides[1], colors.green)}`,
  ]
}

/** What stands around a place. */
interface Window {
  readonly before: Uint8Array
  readonly from: Uint8Array
  readonly isCutBefore: boolean
  readonly isCutAfter: boolean
  readonly isText: boolean
}

function windowOf(bytes: Uint8Array, at: number): Window {
  const start = wholeCharacter(bytes, Math.max(0, at - BEFORE))
  const middle = wholeCharacter(bytes, at)
  const end = wholeCharacter(bytes, Math.min(bytes.length, at + FROM_IT))
  const before = bytes.subarray(start, middle)
  const from = bytes.subarray(middle, end)
  const isText = isPlainText(before) && isPlainText(from)
  return { before, from, isCutBefore: start > 0, isCutAfter: end < bytes.length, isText }
}

/** The beginning of the character that a byte belongs to: UTF-8's bytes after the first are 10xxxxxx. */
function wholeCharacter(bytes: Uint8Array, at: number): number {
  let start = at
  while (start > 0 && at - start < 3 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start -= 1
  return start
}

function isPlainText(bytes: Uint8Array): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return !/[^\P{Cc}\r\n\t]/u.test(text)
  } catch {
    return false
  }
}

function textLine({ before, from, isCutBefore, isCutAfter }: Window, mark: (text: string) => string): string {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  const shown = from.length === 0 ? '(ends here)' : printable(decoder.decode(from))
  return `${isCutBefore ? '…' : ''}${printable(decoder.decode(before))}${mark(shown)}${isCutAfter ? '…' : ''}`
}

function hexLine({ before, from }: Window, mark: (text: string) => string): string {
  // Half as many as of text: each takes three characters.
  const shown = from.length === 0 ? '(ends here)' : hex(from.subarray(0, FROM_IT - BEFORE))
  return `${hex(before.subarray(-BEFORE))} ${mark(shown)}`.trim()
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ')
}
