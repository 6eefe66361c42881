import type { DrillResult } from './drill.js'
import type { CaseResult } from './run-case.js'

/** The report for programs: one document, moments in milliseconds since the beginning of the drill. */
export function reportJson({ seed, deliveries, cases, forced, durationMs, ok }: DrillResult): string {
  const document = {
    ok,
    seed,
    deliveries,
    durationMs: Math.round(durationMs),
    providers: cases.map(caseJson),
    forced: forced === undefined ? null : caseJson(forced),
  }
  return JSON.stringify(document, null, 2)
}

function caseJson({ drillCase, tally, from, until, rotatedAt, promotions, keys }: CaseResult) {
  const { faults, ...counts } = tally
  const since = (moment: number) => moment - from
  return {
    id: drillCase.id,
    name: drillCase.name,
    ...counts,
    promotions,
    rotatedAtMs: rotatedAt.map(since),
    untilMs: since(until),
    keys: keys.map(({ id, stretches }) => ({
      id,
      life: stretches.map((stretch) => ({
        state: stretch.state,
        fromMs: since(stretch.from),
        untilMs: since(stretch.until),
      })),
    })),
    faults: faults.map(({ judgement, delivery, expected, got }) => ({
      judgement,
      delivery: delivery.number,
      kind: delivery.kind,
      signedAtMs: since(delivery.signedAt),
      arrivedAtMs: since(delivery.arrivesAt),
      expected,
      got,
    })),
  }
}
