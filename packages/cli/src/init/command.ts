import { Command, Option } from 'commander'
import { providerOptions } from '../provider-option.js'
import type { Terminal } from '../terminal.js'
import { FRAMEWORKS } from './frameworks.js'
import type { InitFlags } from './init.js'

/** `countersign init`. */
export function initCommand(terminal: Terminal, finish: (code: number) => void): Command {
  const command = new Command('init')
    .summary('write a receiver into the project in this folder')
    .description(
      'Writes a receiver for a provider into the project in this folder, for the framework that its package.json names, ' +
        'and says what to install and what to set in the environment.',
    )
  providerOptions(command)
  return command
    .addOption(new Option('--framework <name>', 'the framework (default: as package.json has it)').choices(FRAMEWORKS))
    .option('--out <path>', 'the file to write (default: where the framework looks for it, or webhooks/)')
    .option('--dry-run', 'print the file, and write nothing')
    .option('--force', 'write over a file that is there')
    .option('--json', 'print one JSON document')
    .addHelpText('after', HELP)
    .action(async (flags: InitFlags) => {
      const { init } = await import('./init.js')
      await init(flags, terminal)
      finish(0)
    })
}

const HELP = `
Exit code: 0 written, 2 the command was not understood, 3 the file is there
already, or cannot be written.

Examples:
  countersign init -p autify
  countersign init -p global-commerce --framework express --dry-run
  countersign init -p agilepoint -o headers.primary=X-Primary \\
    -o headers.secondary=X-Secondary --out src/agilepoint.ts`
