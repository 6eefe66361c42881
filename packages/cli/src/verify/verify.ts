import { askedDelivery, type DeliveryFlags } from '../asked-delivery.js'
import { EXIT } from '../exit-codes.js'
import { judge } from '../judging-options.js'
import { printJson } from '../print-json.js'
import { colorsFor, type Terminal } from '../terminal.js'
import { verdictJson, verdictText } from '../verdict-report.js'

export interface VerifyFlags extends DeliveryFlags {
  readonly json?: true
}

/** Prints the verdict. Resolves to the exit code. */
export async function verify(path: string | undefined, flags: VerifyFlags, terminal: Terminal): Promise<number> {
  const { stdout, env } = terminal
  const { provider, request, keys, now } = await askedDelivery(path, flags, terminal)
  const verdict = await judge(provider, keys, request, { ...flags, now })
  if (flags.json) printJson(stdout, verdictJson(verdict))
  else {
    stdout.write(`${verdictText(verdict, provider, now, colorsFor(stdout, env))}\n`)
    if (!verdict.ok) stdout.write('\ncountersign explain, with the same options, tells more.\n')
  }
  return verdict.ok ? EXIT.verified : EXIT.refused
}
