import { Command } from 'commander'
import { requestOptions } from '../request-input.js'
import { secretOptions } from '../secret-options.js'
import type { Terminal } from '../terminal.js'
import type { InferFlags } from './infer.js'

/** `countersign infer`. */
export function inferCommand(terminal: Terminal, finish: (code: number) => void): Command {
  const command = new Command('infer')
    .summary("find out how a vendor's deliveries are signed")
    .description(
      'Finds out from one genuine delivery and its secret how the vendor signs: header, hash, encoding and signed ' +
        'content. Prints the TypeScript that verifies such deliveries. It proves nothing about who sent this one.',
    )
  requestOptions(command)
  secretOptions(command)
  return command
    .option('--json', 'print one JSON document')
    .addHelpText('after', HELP)
    .action(async (request: string | undefined, flags: InferFlags) => {
      const { infer } = await import('./infer.js')
      finish(await infer(request, flags, terminal))
    })
}

const HELP = `
Exit code: 0 something fits, 1 nothing does, 2 the command was not understood,
3 a file is not there or cannot be read.

Examples:
  countersign infer delivery.http --secret-env VENDOR_SECRET
  countersign infer delivery.har --secret-file old.key --secret-file new.key`
