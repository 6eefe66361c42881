import { Command } from 'commander'
import type { Terminal } from '../terminal.js'

/** `countersign providers`. */
export function providersCommand(terminal: Terminal, finish: (code: number) => void): Command {
  return new Command('providers')
    .summary('list the providers and their options')
    .description('Lists the providers: their headers, their rules of rotation, and what --option takes for each.')
    .option('--json', 'print one JSON document')
    .addHelpText('after', HELP)
    .action(async (flags: { json?: true }) => {
      const { printProviders } = await import('./providers.js')
      printProviders(flags, terminal)
      finish(0)
    })
}

const HELP = `
Exit code: 0 listed, 2 the command was not understood.

Examples:
  countersign providers
  countersign providers --json`
