import { Command } from 'commander'
import { judgingOptions, parseCount } from '../judging-options.js'
import { keyOptions } from '../key-options.js'
import { providerOptions } from '../provider-option.js'
import { requestOptions } from '../request-input.js'
import type { Terminal } from '../terminal.js'
import type { ExplainFlags } from './explain.js'

/** `countersign explain`. */
export function explainCommand(terminal: Terminal, finish: (code: number) => void): Command {
  const command = new Command('explain')
    .summary('find out why a captured delivery does not verify')
    .description(
      'Finds out why a captured delivery does not verify: it tries what usually goes wrong, and says which of it would ' +
        'make the delivery verify, and what to do about it. What a MAC proved is marked as certain.',
    )
  requestOptions(command)
  providerOptions(command)
  keyOptions(command)
  judgingOptions(command)
  return command
    .option('--steps', 'show what each step of the verification saw')
    .option('--max-macs <n>', 'how many MACs may be tried (default: 4000, fewer for large bodies)', parseCount)
    .option('--json', 'print one JSON document')
    .addHelpText('after', HELP)
    .action(async (request: string | undefined, flags: ExplainFlags) => {
      const { explain } = await import('./explain.js')
      finish(await explain(request, flags, terminal))
    })
}

const HELP = `
Exit code: 0 it verifies, 1 it does not, 2 the command was not understood, 3 a
file, a store or a key is not there.

Examples:
  countersign explain delivery.http -p autify --secret-env AUTIFY_SECRET
  countersign explain delivery.har -p orange-logic --secret-file ol.key --steps`
