import { Command, CommanderError } from 'commander'
import { version } from '../package.json'
import { drillCommand } from './drill/command.js'
import type { Terminal } from './terminal.js'

/** What a shell is told: nothing wrong, something found wrong, or a command that could not be understood. */
const EXIT = { ok: 0, wrong: 1, usage: 2 } as const

/** Runs the command line, the program's name left out. Resolves to the exit code. */
export async function run(argv: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode: number = EXIT.ok
  const program = createProgram(terminal, (ok) => {
    exitCode = ok ? EXIT.ok : EXIT.wrong
  })
  try {
    await program.parseAsync(argv, { from: 'user' })
    return exitCode
  } catch (error) {
    // Commander has written its message already; asking for help is no mistake.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage
    throw error
  }
}

function createProgram(terminal: Terminal, finish: (ok: boolean) => void): Command {
  const program = new Command('countersign')
    .description('Verify webhooks from any provider. Rotate their keys without losing one.')
    .version(version)
    .showHelpAfterError('(countersign drill --help shows the options)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
  for (const command of [drillCommand(terminal, finish)]) program.addCommand(command.copyInheritedSettings(program))
  return program
}
