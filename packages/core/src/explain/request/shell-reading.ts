import { place } from './unreadable.js'

/** How far a shell line has been read. */
export interface Reading {
  /** Binary text: what has a meaning to a shell is ASCII, and no byte of a longer UTF-8 character is. */
  readonly text: string
  at: number
  /** By kind, so that each is told once. */
  readonly warnings: Map<'rest' | 'variable' | 'nul', string>
}

/** The character there, or '' at the end. */
export function peek({ text, at }: Reading, ahead = 0): string {
  return text[at + ahead] ?? ''
}

/** One character at least, and then all up to one of `ends`. */
export function readUntil(reading: Reading, ends: string): string {
  const start = reading.at++
  while (reading.at < reading.text.length && !ends.includes(peek(reading))) reading.at++
  return reading.text.slice(start, reading.at)
}

/** For messages. It counts lines from the beginning, so it is asked for once. */
export function where({ text }: Reading, at: number): string {
  return place(text, at)
}
