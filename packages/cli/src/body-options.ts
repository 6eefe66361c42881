import { type Command, Option } from 'commander'
import { readInput } from './input-file.js'
import type { Terminal } from './terminal.js'

export interface BodyFlags {
  readonly body?: string
  readonly bodyFile?: string
}

/** Adds `--body-file` and `--body`. */
export function bodyOptions(command: Command): Command {
  return command
    .addOption(new Option('--body-file <path>', 'the body is in this file; - is stdin').conflicts('body'))
    .option('--body <text>', 'the body itself')
}

/** The body that the options name; undefined where they name none. */
export async function bodyFrom({ body, bodyFile }: BodyFlags, terminal: Terminal): Promise<Uint8Array | undefined> {
  if (body !== undefined) return new TextEncoder().encode(body)
  return bodyFile === undefined ? undefined : readInput(bodyFile, terminal)
}
