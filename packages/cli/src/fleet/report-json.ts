import type { FleetResult } from './fleet-drill.js'

/** The report for programs. */
export function fleetReportJson(result: FleetResult): string {
  const { store, instances, durationMs, traffic, faults, operator, propagation, effects, ok } = result
  const { statuses, wronglyAccepted: _, unanswered: __, ...counts } = traffic
  const document = {
    ok,
    store,
    instances,
    durationMs: Math.round(durationMs),
    traffic: { ...counts, statuses: Object.fromEntries(statuses) },
    faults,
    rotations: {
      done: propagation.rotations,
      uncertainSaves: operator.uncertain,
      missed: propagation.missed,
      medianMs: propagation.medianMs,
      worstMs: propagation.worstMs,
    },
    wronglyAccepted: result.wronglyAccepted,
    lost: result.lost,
    handledAfterCompletion: effects.afterCompletion,
    handledAgainBefore: effects.again,
  }
  return JSON.stringify(document, null, 2)
}
