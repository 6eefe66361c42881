import { Command, Option } from 'commander'
import { bodyOptions } from '../body-options.js'
import { keyOptions } from '../key-options.js'
import { providerOptions } from '../provider-option.js'
import type { Terminal } from '../terminal.js'
import { nowOption } from '../time-option.js'
import type { SignFlags } from './sign.js'

/** `countersign sign`. */
export function signCommand(terminal: Terminal, finish: (code: number) => void): Command {
  const command = new Command('sign')
    .summary('print the headers that the vendor would send')
    .description('Signs a body as the vendor would, and prints the headers, a curl command or the whole request.')
  providerOptions(command)
  keyOptions(command)
  bodyOptions(command)
  return command
    .addOption(nowOption('sign as if it were this moment'))
    .option('--id <id>', 'the delivery id, where the provider has one (default: a random one)')
    .option('--url <url>', 'where the request goes')
    .addOption(new Option('--curl', 'print a curl command that sends it to --url').conflicts(['http', 'json']))
    .addOption(new Option('--http', 'print the whole request').conflicts('json'))
    .option('--json', 'print one JSON document')
    .addHelpText('after', HELP)
    .action(async (flags: SignFlags) => {
      const { signed } = await import('./sign.js')
      await signed(flags, terminal)
      finish(0)
    })
}

const HELP = `
Exit code: 0 signed, 2 the command was not understood, 3 a file, a store or a
key is not there, or nothing tells which of several keys signs.

Examples:
  countersign sign -p autify --secret-env AUTIFY_SECRET --body-file event.json
  countersign sign -p insider --secret-file insider.key --body '{}' \\
    --curl --url http://localhost:3000/webhooks/insider
  countersign sign -p autify --secret-env AUTIFY_SECRET --body '{}' --http |
    countersign verify -p autify --secret-env AUTIFY_SECRET`
