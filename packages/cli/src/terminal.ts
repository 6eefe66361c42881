import picocolors from 'picocolors'

/** Where a command reads from and writes to, and what it may know of its surroundings. Tests pass their own. */
export interface Terminal {
  readonly stdin: Input
  readonly stdout: Output
  readonly stderr: Output
  readonly env: Readonly<Record<string, string | undefined>>
  /** Milliseconds since the epoch. */
  now(): number
}

/** A stream, and whether it is a terminal. */
type Input = NodeJS.ReadableStream & { readonly isTTY?: boolean }
export type Output = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number }

export type Colors = ReturnType<typeof picocolors.createColors>

const WIDEST = 120
const NARROWEST = 80
/** Piped: what a page of text holds. */
const UNKNOWN = 108

/** Those of this process. */
export const processTerminal: Terminal = {
  // Opened when it is first asked for: a stdin that nobody reads must not keep the process alive.
  get stdin() {
    return process.stdin
  },
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  now: Date.now,
}

/** Colours for a terminal, or where FORCE_COLOR asks for them, unless NO_COLOR forbids them; anything else gets plain text. */
export function colorsFor(output: Output, env: Terminal['env']): Colors {
  const isColourful = output.isTTY === true && env.TERM !== 'dumb'
  return picocolors.createColors(!env.NO_COLOR && (isColourful || !!env.FORCE_COLOR))
}

/** How many characters fit into a line that is easy to read. */
export function widthOf(output: Output): number {
  return Math.min(WIDEST, Math.max(NARROWEST, output.columns ?? UNKNOWN))
}
