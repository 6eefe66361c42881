import { type DrillCase, FORCED_CASE } from './cases.js'
import { LEAST_DELIVERIES } from './limits.js'
import { type CaseResult, runCase } from './run-case.js'
import { wrongIn } from './tally.js'

export interface DrillOptions {
  readonly cases: readonly DrillCase[]
  /** For each vendor. */
  readonly deliveries: number
  readonly seed: string
  readonly onProgress?: ((progress: Progress) => void) | undefined
}

export interface Progress {
  readonly name: string
  readonly done: number
  readonly total: number
}

export interface DrillResult {
  readonly seed: string
  readonly deliveries: number
  readonly cases: readonly CaseResult[]
  /** The rule broken on purpose; undefined where AgilePoint takes no part. */
  readonly forced?: CaseResult | undefined
  /** Milliseconds of real time. */
  readonly durationMs: number
  readonly ok: boolean
}

const FORCED_SHARE = 10

/** The drill: vendor after vendor, and at the end the broken rule. */
export async function runDrill(options: DrillOptions): Promise<DrillResult> {
  const { cases, deliveries, seed } = options
  const started = performance.now()
  const breaksRule = cases.some(({ id }) => id === 'agilepoint')
  const forcedDeliveries = Math.max(LEAST_DELIVERIES, Math.round(deliveries / FORCED_SHARE))
  const total = cases.length * deliveries + (breaksRule ? forcedDeliveries : 0)
  let before = 0

  const run = async (drillCase: DrillCase, count: number, rotations: number): Promise<CaseResult> => {
    const onProgress = (done: number) => options.onProgress?.({ name: drillCase.name, done: before + done, total })
    const result = await runCase(drillCase, { seed, deliveries: count, rotations, onProgress })
    before += count
    return result
  }

  const results: CaseResult[] = []
  for (const drillCase of cases) results.push(await run(drillCase, deliveries, rotationsFor(deliveries)))
  const forced = breaksRule ? await run(FORCED_CASE, forcedDeliveries, 2) : undefined
  const durationMs = performance.now() - started
  return { seed, deliveries, cases: results, forced, durationMs, ok: isRight(results, forced) }
}

/** Enough to see the rules at work, not more than fit in a picture. */
function rotationsFor(deliveries: number): number {
  return Math.min(10, Math.max(3, Math.round(deliveries / 300)))
}

/** The broken rule must have cost deliveries, or it was not shown. */
function isRight(results: readonly CaseResult[], forced: CaseResult | undefined): boolean {
  const all = forced === undefined ? results : [...results, forced]
  const nothingWrong = all.every(({ tally, promotions }) => wrongIn(tally) === 0 && promotions.missed === 0)
  return all.length > 0 && nothingWrong && (forced === undefined || forced.tally.lost > 0)
}
