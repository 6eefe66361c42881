import { Command, InvalidArgumentError } from 'commander'
import { bodyOptions } from '../body-options.js'
import { keyOptions } from '../key-options.js'
import { providerOptions } from '../provider-option.js'
import { repeatable } from '../repeatable.js'
import type { Terminal } from '../terminal.js'
import { nowOption } from '../time-option.js'
import type { SendFlags } from './send.js'

const MOST_REPEATS = 1000
const DEFAULT_TIMEOUT_SECONDS = 15

/** `countersign send`. */
export function sendCommand(terminal: Terminal, finish: (code: number) => void): Command {
  const command = new Command('send')
    .summary('send a signed delivery to a receiver')
    .description(
      'Posts a delivery to a receiver as the vendor would: a sample event of the provider, made up, or a body of yours.',
    )
    .argument('<url>', "the receiver's URL")
  providerOptions(command)
  keyOptions(command)
  bodyOptions(command)
  return command
    .option('-H, --header <header>', "a further header, as 'Name: value'; repeatable", repeatable)
    .option('--rotate', 'sign with two keys, as the vendor does while rotating: the older secret is given first')
    .option('--tamper', 'change one byte of the body after signing: the receiver has to refuse it')
    .option('--repeat <n>', 'send the very same delivery so many times', parseRepeats, 1)
    .option('--id <id>', 'the delivery id, where the provider has one (default: a random one)')
    .addOption(nowOption('sign as if it were this moment'))
    .option('--timeout <seconds>', 'how long to wait for an answer', parseSeconds, DEFAULT_TIMEOUT_SECONDS)
    .option('--json', 'print one JSON document')
    .addHelpText('after', HELP)
    .action(async (url: string, flags: SendFlags) => {
      const { send } = await import('./send.js')
      finish(await send(url, flags, terminal))
    })
}

const HELP = `
Exit code: 0 answered with 2xx (with --tamper: with 4xx), 1 answered otherwise,
2 the command was not understood, 3 the receiver cannot be reached, or a file, a
store or a key is not there.

Examples:
  countersign send http://localhost:3000/webhooks/autify -p autify \\
    --secret-env AUTIFY_SECRET
  countersign send http://localhost:3000/webhooks/ol -p orange-logic --rotate \\
    --secret-env OL_OLD --secret-env OL_NEW
  countersign send http://localhost:3000/webhooks/autify -p autify \\
    --secret-env AUTIFY_SECRET --tamper`

function parseRepeats(text: string): number {
  const count = /^\d{1,4}$/.test(text) ? Number(text) : 0
  if (count >= 1 && count <= MOST_REPEATS) return count
  throw new InvalidArgumentError(`It must be a whole number from 1 to ${MOST_REPEATS}.`)
}

function parseSeconds(text: string): number {
  const seconds = /^\d{1,5}(\.\d{1,3})?$/.test(text) ? Number(text) : 0
  if (seconds > 0) return seconds
  throw new InvalidArgumentError('It must be a number of seconds, such as 15 or 0.5.')
}
