import { InvalidArgumentError } from 'commander'
import type { Terminal } from '../terminal.js'

/** Whether the user wants it, asked on a terminal. @throws InvalidArgumentError where nobody can be asked and nothing was said. */
export async function isWanted(question: string, yes: true | undefined, terminal: Terminal): Promise<boolean> {
  if (yes) return true
  requireTerminal(terminal, `${question} There is no terminal to ask: say so with --yes`)
  const { default: confirm } = await import('@inquirer/confirm')
  return confirm({ message: question, default: false }, { input: terminal.stdin, output: terminal.stderr })
}

/** What the user types on the terminal. @throws InvalidArgumentError where there is none. */
export async function typed(question: string, otherwise: string, terminal: Terminal): Promise<string> {
  requireTerminal(terminal, otherwise)
  const { default: input } = await import('@inquirer/input')
  return input({ message: question }, { input: terminal.stdin, output: terminal.stderr })
}

function requireTerminal({ stdin }: Terminal, otherwise: string): void {
  if (stdin.isTTY !== true) throw new InvalidArgumentError(otherwise)
}
