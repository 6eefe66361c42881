import { Command } from 'commander'
import { version } from '../package.json'
import { commandPath } from './command-path.js'
import { completionCommand } from './completion/command.js'
import { drillCommand } from './drill/command.js'
import { exitCodeOf } from './exit-code-of.js'
import { EXIT } from './exit-codes.js'
import { explainCommand } from './explain/command.js'
import { inferCommand } from './infer/command.js'
import { initCommand } from './init/command.js'
import { keysCommand } from './keys/command.js'
import { listenCommand } from './listen/command.js'
import { providersCommand } from './providers/command.js'
import { sendCommand } from './send/command.js'
import { signCommand } from './sign/command.js'
import type { Terminal } from './terminal.js'
import { verifyCommand } from './verify/command.js'
import { withoutValues } from './without-values.js'

/** Runs the command line, the program's name left out. Resolves to the exit code. */
export async function run(argv: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode: number = EXIT.verified
  const program = createProgram(terminal, (code) => {
    exitCode = code
  })
  let acting = program
  program.hook('preAction', (_, command) => {
    acting = command
  })
  try {
    await program.parseAsync(argv, { from: 'user' })
    return exitCode
  } catch (error) {
    return exitCodeOf(error, acting, wantsJson(argv), terminal)
  }
}

/** Also where the command line was not understood, and so no command has its options. */
function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--')
  return argv.slice(0, end < 0 ? argv.length : end).includes('--json')
}

/** The command line as it is, for whoever wants to know which commands and options there are. */
export function createProgram(terminal: Terminal, finish: (code: number) => void): Command {
  const program = new Command('countersign')
    .description('Verify webhooks from any provider. Rotate their keys without losing one.')
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
      outputError: (text, write) => write(withoutValues(text)),
      getOutHelpWidth: () => HELP_WIDTH,
      getErrHelpWidth: () => HELP_WIDTH,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
  for (const create of COMMANDS) program.addCommand(create(terminal, finish))
  settle(program)
  return program
}

/** In the order in which they are met: a delivery, a vendor, the keys. */
const COMMANDS = [
  verifyCommand,
  explainCommand,
  inferCommand,
  signCommand,
  sendCommand,
  listenCommand,
  keysCommand,
  initCommand,
  providersCommand,
  drillCommand,
  completionCommand,
]
const HELP_WIDTH = 80

/** A command takes over what the program is set to when it is made, and these were made before. */
function settle(command: Command): void {
  command.showHelpAfterError(
    `(${commandPath(command)} --help shows the ${command.commands.length ? 'commands' : 'options'})`,
  )
  for (const sub of command.commands) settle(sub.copyInheritedSettings(command))
}
