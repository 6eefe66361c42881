import { InvalidArgumentError } from 'commander'
import type { Terminal } from './terminal.js'

const taken = new WeakSet<object>()

/** All that comes by stdin. @throws InvalidArgumentError where something else has read it already: it can be read once. */
export async function readStdin({ stdin }: Terminal): Promise<Uint8Array> {
  if (taken.has(stdin))
    throw new InvalidArgumentError('stdin can be read for one thing only, and two were to come by it')
  taken.add(stdin)
  const chunks: Buffer[] = []
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}
