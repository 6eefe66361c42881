import { CountersignError } from '@countersign/core'
import { explain as findingsOf, tracePipeline } from '@countersign/core/explain'
import { askedDelivery, type DeliveryFlags } from '../asked-delivery.js'
import { EXIT } from '../exit-codes.js'
import { judge } from '../judging-options.js'
import { printJson } from '../print-json.js'
import { colorsFor, type Terminal, widthOf } from '../terminal.js'
import { verdictJson, verdictText } from '../verdict-report.js'
import { findingJson } from './findings-json.js'
import { findingsText } from './findings-text.js'
import { stepsText } from './steps-text.js'

export interface ExplainFlags extends DeliveryFlags {
  readonly steps?: true
  readonly maxMacs?: number
  readonly json?: true
}

/** Prints the verdict and what would have to be otherwise. Resolves to the exit code. */
export async function explain(path: string | undefined, flags: ExplainFlags, terminal: Terminal): Promise<number> {
  const { stdout, env } = terminal
  const { provider, request, keys, now } = await askedDelivery(path, flags, terminal)
  const options = { now, toleranceSeconds: flags.tolerance, maxBodyBytes: flags.maxBody, maxMacs: flags.maxMacs }
  const verdict = await judge(provider, keys, request, { ...flags, now }).catch(unlessNoUsableKey)
  const findings = await findingsOf(provider, keys, request, options)
  const trace = await tracePipeline(provider, keys, request, options)
  if (flags.json) {
    const explained = { findings: findings.map((finding) => findingJson(finding, trace)), steps: trace.steps }
    printJson(stdout, { ok: verdict?.ok === true, verdict: verdict && verdictJson(verdict), ...explained })
  } else {
    const colors = colorsFor(stdout, env)
    const parts = [
      verdict === undefined ? NO_VERDICT : verdictText(verdict, provider, now, colors),
      findingsText(findings, trace, widthOf(stdout), colors),
      flags.steps ? stepsText(trace, widthOf(stdout), colors) : '',
    ]
    stdout.write(`${parts.filter((part) => part !== '').join('\n\n')}\n`)
  }
  return verdict?.ok ? EXIT.verified : EXIT.refused
}

const NO_VERDICT = '✘ no verdict: no key of the ring is usable (a receiver answers 503)'

/** A receiver throws then; here it is one more thing to explain. */
function unlessNoUsableKey(error: unknown): undefined {
  if (error instanceof CountersignError && error.code === 'no-usable-key') return undefined
  throw error
}
