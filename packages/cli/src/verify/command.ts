import { Command } from 'commander'
import { judgingOptions } from '../judging-options.js'
import { keyOptions } from '../key-options.js'
import { providerOptions } from '../provider-option.js'
import { requestOptions } from '../request-input.js'
import type { Terminal } from '../terminal.js'
import type { VerifyFlags } from './verify.js'

/** `countersign verify`. */
export function verifyCommand(terminal: Terminal, finish: (code: number) => void): Command {
  const command = new Command('verify')
    .summary('verify a captured delivery')
    .description('Verifies a captured delivery as a receiver would, and says which key signed it or why it is refused.')
  requestOptions(command)
  providerOptions(command)
  keyOptions(command)
  judgingOptions(command)
  return command
    .option('--json', 'print one JSON document')
    .addHelpText('after', HELP)
    .action(async (request: string | undefined, flags: VerifyFlags) => {
      const { verify } = await import('./verify.js')
      finish(await verify(request, flags, terminal))
    })
}

const HELP = `
Exit code: 0 it verifies, 1 it is refused, 2 the command was not understood,
3 a file, a store or a key is not there.

Examples:
  countersign verify delivery.http -p autify --secret-env AUTIFY_SECRET
  countersign verify -p insider --secret-file insider.key \\
    --body-file body.json -H 'X-INS-AUTH: 5257a8…'
  pbpaste | countersign verify -p orange-logic --secret-env OL_SECRET --json`
