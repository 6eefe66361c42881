import { InvalidArgumentError } from 'commander'
import type { Terminal } from '../terminal.js'

/**
 * Asks on a terminal whether the user wants it.
 *
 * @throws Error `not-confirmed` if not, InvalidArgumentError where nobody can be asked and nothing was said.
 */
export async function requireConsent(question: string, yes: true | undefined, terminal: Terminal): Promise<void> {
  if (yes) return
  requireTerminal(terminal, `there is no terminal to ask, so say so with --yes: ${question}`)
  const { default: confirm } = await import('@inquirer/confirm')
  const answer = confirm({ message: question, default: false }, { input: terminal.stdin, output: terminal.stderr })
  if (!(await answer)) throw notConfirmed('nothing was done')
}

/** The user has thought better of it. */
export function notConfirmed(message: string): Error {
  return Object.assign(new Error(`not confirmed: ${message}`), { code: NOT_CONFIRMED })
}

export function isNotConfirmed(error: unknown): boolean {
  return error instanceof Error && (error as { code?: unknown }).code === NOT_CONFIRMED
}

const NOT_CONFIRMED = 'not-confirmed'

/** What the user types on the terminal. @throws InvalidArgumentError where there is none. */
export async function typed(question: string, otherwise: string, terminal: Terminal): Promise<string> {
  requireTerminal(terminal, otherwise)
  const { default: input } = await import('@inquirer/input')
  return input({ message: question }, { input: terminal.stdin, output: terminal.stderr })
}

function requireTerminal({ stdin }: Terminal, otherwise: string): void {
  if (stdin.isTTY !== true) throw new InvalidArgumentError(otherwise)
}
