import { type Command, CommanderError, InvalidArgumentError } from 'commander'
import { commandPath } from './command-path.js'
import { EXIT } from './exit-codes.js'
import { printFailure, printFailureDocument } from './failure.js'
import { isNotConfirmed } from './keys/confirmation.js'
import type { Terminal } from './terminal.js'
import { withoutValues } from './without-values.js'

/** Tells what a command has thrown, and resolves to what the shell is told. */
export function exitCodeOf(error: unknown, acting: Command, json: boolean, terminal: Terminal): number {
  const { stdout, stderr } = terminal
  // An action has looked closer at a value than the parser did.
  if (error instanceof InvalidArgumentError) {
    stderr.write(`error: ${error.message}\n(${commandPath(acting)} --help shows the options)\n`)
    if (json) printFailureDocument({ code: 'usage', message: error.message }, stdout)
    return EXIT.usage
  }
  if (isCancelled(error)) {
    stderr.write('error: cancelled\n')
    if (json) printFailureDocument({ code: 'cancelled', message: 'cancelled' }, stdout)
    return EXIT.usage
  }
  // Commander has written its message already; asking for help is no mistake.
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.verified
    if (json) printFailureDocument({ code: 'usage', message: messageOf(error) }, stdout)
    return EXIT.usage
  }
  printFailure(error, json, terminal)
  return isNotConfirmed(error) ? EXIT.refused : EXIT.operator
}

/** The user has left a question unanswered. */
function isCancelled(error: unknown): error is Error {
  return error instanceof Error && error.name === 'ExitPromptError'
}

function messageOf({ code, message }: CommanderError): string {
  // It is the help that was written then.
  if (code === 'commander.help') return 'a command is missing'
  return withoutValues(message.replace(/^error: /, ''))
}
