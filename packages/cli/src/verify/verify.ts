import { EXIT } from '../exit-codes.js'
import { type JudgingFlags, judge } from '../judging-options.js'
import { type KeyFlags, ringFrom } from '../key-options.js'
import { printJson } from '../print-json.js'
import { type ProviderFlags, providerFrom } from '../provider-option.js'
import { type RequestFlags, requestFrom } from '../request-input.js'
import { colorsFor, type Terminal } from '../terminal.js'
import { verdictJson, verdictText } from '../verdict-report.js'

export interface VerifyFlags extends RequestFlags, ProviderFlags, KeyFlags, JudgingFlags {
  readonly json?: true
}

/** Prints the verdict. Resolves to the exit code. */
export async function verify(path: string | undefined, flags: VerifyFlags, terminal: Terminal): Promise<number> {
  const { stdout, env } = terminal
  const provider = providerFrom(flags)
  const request = await requestFrom(path, flags, terminal)
  const keys = await ringFrom(flags, provider, terminal)
  const now = flags.now ?? terminal.now()
  const verdict = await judge(provider, keys, request, { ...flags, now })
  if (flags.json) printJson(stdout, verdictJson(verdict))
  else {
    stdout.write(`${verdictText(verdict, provider, now, colorsFor(stdout, env))}\n`)
    if (!verdict.ok) stdout.write('\ncountersign explain, with the same options, tells more.\n')
  }
  return verdict.ok ? EXIT.verified : EXIT.refused
}
