import { type Inference, infer as inferSchemes } from '@countersign/core/explain'
import { EXIT } from '../exit-codes.js'
import type { SecretFlags } from '../named-secrets.js'
import { printJson } from '../print-json.js'
import { type RequestFlags, requestFrom } from '../request-input.js'
import { secretsFrom } from '../secret-options.js'
import { type Colors, colorsFor, type Terminal } from '../terminal.js'

export interface InferFlags extends RequestFlags, SecretFlags {
  readonly json?: true
}

/** Prints what fits the delivery. Resolves to the exit code. */
export async function infer(path: string | undefined, flags: InferFlags, terminal: Terminal): Promise<number> {
  const { stdout, env } = terminal
  const request = await requestFrom(path, flags, terminal)
  const inferences = await inferSchemes(request, await secretsFrom(flags, terminal))
  if (flags.json) printJson(stdout, { ok: inferences.length > 0, inferences: inferences.map(inferenceJson) })
  else stdout.write(inferences.length > 0 ? inferencesText(inferences, colorsFor(stdout, env)) : NOTHING_FITS)
  return inferences.length > 0 ? EXIT.verified : EXIT.refused
}

function inferenceJson({ header, summary, source, secretIndex, secretReading, adapterOptions }: Inference) {
  return { header, summary, source, secretIndex, secretReading, adapterOptions }
}

function inferencesText(inferences: readonly Inference[], { green, bold }: Colors): string {
  return inferences.map(({ summary, source }) => `${green('✔')} ${bold(summary)}\n\n${indented(source)}\n`).join('\n')
}

function indented(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : `  ${line}`))
    .join('\n')
}

const NOTHING_FITS = `✘ nothing fits: no known way of signing makes a header of this request from its body and these secrets.

What to try:
  - Take the body as it came, byte for byte: before any parser, and not out of a log. --body-file reads it from a file.
  - Is it the secret of this very endpoint, and not of another or of the test mode? Give old and new ones together.
  - Is the secret hex or base64? --secret-encoding says so.
  - Are all headers there? Proxies and gateways take some away.
  - Signatures with a public key (ed25519, RSA, ECDSA) have no shared secret and are not looked for.
`
