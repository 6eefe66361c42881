import type { Output } from './terminal.js'

/** The one document that `--json` prints. */
export function printJson(output: Output, document: unknown): void {
  output.write(`${JSON.stringify(document, null, 2)}\n`)
}
