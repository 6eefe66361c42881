import { sign } from '@countersign/core'
import { formatCurl } from '@countersign/core/explain'
import { InvalidArgumentError } from 'commander'
import { type BodyFlags, bodyFrom } from '../body-options.js'
import { type KeyFlags, ringFrom } from '../key-options.js'
import { printJson } from '../print-json.js'
import { type ProviderFlags, providerFrom } from '../provider-option.js'
import { rawRequest } from '../raw-request.js'
import { readStdin } from '../stdin.js'
import type { Terminal } from '../terminal.js'

export interface SignFlags extends ProviderFlags, KeyFlags, BodyFlags {
  readonly now?: number
  readonly id?: string
  readonly url?: string
  readonly curl?: true
  readonly http?: true
  readonly json?: true
}

/** What the vendor says beside the signature. */
const CONTENT_TYPE = { 'Content-Type': 'application/json' }

/** Prints the delivery as the vendor would sign it. */
export async function signed(flags: SignFlags, terminal: Terminal): Promise<void> {
  const { url, id } = flags
  if (flags.curl && url === undefined) throw new InvalidArgumentError('--curl: say where it goes, with --url <url>')
  if (url !== undefined && !URL.canParse(url)) throw new InvalidArgumentError(`--url ${url}: it is no absolute URL`)
  const provider = providerFrom(flags)
  const keys = await ringFrom(flags, provider, terminal)
  const body = (await bodyFrom(flags, terminal)) ?? (await bodyOfStdin(terminal))
  const headers = await sign(provider, keys, body, { now: flags.now ?? terminal.now(), id, url })
  const { stdout } = terminal
  if (flags.json) printJson(stdout, { ok: true, headers, bodyBytes: body.length })
  else if (flags.curl && url !== undefined) {
    stdout.write(`${formatCurl({ url, headers: { ...CONTENT_TYPE, ...headers }, body })}\n`)
  } else if (flags.http)
    stdout.write(rawRequest('POST', url ?? 'http://localhost/', { ...CONTENT_TYPE, ...headers }, body))
  else for (const [name, value] of Object.entries(headers)) stdout.write(Buffer.from(`${name}: ${value}\n`, 'latin1'))
}

async function bodyOfStdin(terminal: Terminal): Promise<Uint8Array> {
  if (terminal.stdin.isTTY !== true) return readStdin(terminal)
  throw new InvalidArgumentError('give the body: --body-file <path>, --body <text> or stdin')
}
