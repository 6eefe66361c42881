import type { CapturedRequest } from '@countersign/core/explain'
import { type Command, InvalidArgumentError } from 'commander'
import { parseHeader } from './header-option.js'
import { readInput } from './input-file.js'
import { repeatable } from './repeatable.js'
import type { Terminal } from './terminal.js'

export interface RequestFlags {
  readonly bodyFile?: string
  readonly header?: readonly string[]
  readonly url?: string
}

/** Adds the argument `[request]`, and the options for a request that was not captured in one piece. */
export function requestOptions(command: Command): Command {
  return command
    .optionsGroup('Request:')
    .argument('[request]', 'a file with a captured request: raw HTTP, a curl command, HAR or JSON; none or - is stdin')
    .option('--body-file <path>', 'take the body from this file; - is stdin')
    .option('-H, --header <header>', "a header, as 'Name: value'; repeatable", repeatable)
    .option('--url <url>', 'the URL that was posted to')
    .optionsGroup('')
}

/**
 * The request as it was captured, with what the options put in its place. What may be wrong with it is told on stderr.
 *
 * @throws InvalidArgumentError where none is given, CountersignError `request-unreadable`.
 */
export async function requestFrom(
  path: string | undefined,
  flags: RequestFlags,
  terminal: Terminal,
): Promise<CapturedRequest> {
  const { bodyFile, header = [], url } = flags
  const captured = path === undefined && bodyFile !== undefined ? NOTHING : await capturedIn(path, terminal)
  for (const warning of captured.warnings) terminal.stderr.write(`warning: ${warning}\n`)
  return {
    ...captured,
    headers: [...captured.headers, ...header.map(parseHeader)],
    ...(bodyFile !== undefined && { body: await readInput(bodyFile, terminal) }),
    ...(url !== undefined && { url }),
  }
}

const NOTHING: CapturedRequest = {
  format: 'http',
  method: 'POST',
  url: '',
  headers: [],
  body: new Uint8Array(),
  warnings: [],
}

async function capturedIn(path: string | undefined, terminal: Terminal): Promise<CapturedRequest> {
  const { parseRequest } = await import('@countersign/core/explain')
  return parseRequest(await bytesOf(path, terminal))
}

async function bytesOf(path: string | undefined, terminal: Terminal): Promise<Uint8Array> {
  if (path !== undefined || terminal.stdin.isTTY !== true) return readInput(path ?? '-', terminal)
  throw new InvalidArgumentError(
    "give the request: a file, stdin, or --body-file <path> with -H 'Name: value' for each header",
  )
}
