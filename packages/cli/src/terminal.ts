import picocolors from 'picocolors'

/** Where a command writes to, and what it may know of its surroundings. Tests pass their own. */
export interface Terminal {
  readonly stdout: Output
  readonly stderr: Output
  readonly env: Readonly<Record<string, string | undefined>>
}

/** A stream, and whether it is a terminal. */
export type Output = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number }

export type Colors = ReturnType<typeof picocolors.createColors>

const WIDEST = 120
const NARROWEST = 80
/** Piped: what a page of text holds. */
const UNKNOWN = 108

/** Colours for a terminal, unless NO_COLOR forbids them; anything else gets plain text. */
export function colorsFor(output: Output, env: Terminal['env']): Colors {
  return picocolors.createColors(output.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb')
}

/** How many characters fit into a line that is easy to read. */
export function widthOf(output: Output): number {
  return Math.min(WIDEST, Math.max(NARROWEST, output.columns ?? UNKNOWN))
}
