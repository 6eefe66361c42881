import { Command, InvalidArgumentError } from 'commander'
import { parseCount } from '../judging-options.js'
import { keyOptions } from '../key-options.js'
import { providerOptions } from '../provider-option.js'
import type { Terminal } from '../terminal.js'
import type { ListenFlags } from './listen.js'

const DEFAULT_PORT = 4747

/** `countersign listen`. */
export function listenCommand(terminal: Terminal, finish: (code: number) => void): Command {
  const command = new Command('listen')
    .summary('receive deliveries here, and see each with its verdict')
    .description(
      'Receives deliveries on this machine and prints each with its verdict as it comes; for a refused one, why. ' +
        'Accepted ones can be passed on to a receiver under development.',
    )
  providerOptions(command)
  keyOptions(command)
  return command
    .option('--port <n>', 'the port; 0 takes a free one', parsePort, DEFAULT_PORT)
    .option('--host <host>', 'the address to listen on', '127.0.0.1')
    .option('--path <path>', 'answer 404 on any other path', parsePath)
    .option('--forward <url>', 'pass accepted deliveries on, unchanged, and answer with the status that comes back')
    .option('--save <folder>', 'keep each delivery as a file there, for countersign explain')
    .option('--tolerance <seconds>', 'how far a signed stamp may be off (default: as the provider says)', parseCount)
    .option('--max-body <bytes>', 'longest body accepted (default: 1048576)', parseCount)
    .option('--json', 'print a line of JSON for each delivery')
    .addHelpText('after', HELP)
    .action(async (flags: ListenFlags) => {
      const { listen } = await import('./listen.js')
      await listen(flags, terminal)
      finish(0)
    })
}

const HELP = `
Ctrl-C ends it. Exit code: 0 ended, 2 the command was not understood, 3 the port
is taken, or a file, a store or a key is not there.

Examples:
  countersign listen -p autify --secret-env AUTIFY_SECRET
  countersign listen -p insider --secret-file insider.key --save deliveries \\
    --forward http://localhost:3000/webhooks/insider
  countersign listen -p orange-logic --keyring orange-logic --store file:./keys`

function parsePort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text)
  throw new InvalidArgumentError('It must be a whole number from 0 to 65535.')
}

function parsePath(text: string): string {
  if (text.startsWith('/')) return text
  throw new InvalidArgumentError('It begins with a slash.')
}
