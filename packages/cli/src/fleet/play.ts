import { colorsFor, type Terminal } from '../terminal.js'
import { runFleetDrill } from './fleet-drill.js'
import { showSeconds } from './progress.js'
import { fleetReport } from './report.js'
import { fleetReportJson } from './report-json.js'
import { missingServer } from './shared-store.js'
import type { StoreKind } from './store-kinds.js'

/** The drill of a fleet, as the command line asks for it. */
export interface FleetPlay {
  readonly store: StoreKind
  readonly instances: number
  readonly seconds: number
  readonly json?: true | undefined
}

/** Plays the drill and prints its report. Resolves to whether all was right. @throws Error where no server is installed. */
export async function playFleet({ store, instances, seconds, json }: FleetPlay, terminal: Terminal): Promise<boolean> {
  const missing = missingServer(store)
  if (missing !== undefined) throw new Error(missing)
  const { stdout, stderr, env } = terminal
  const progress = showSeconds(stderr, colorsFor(stderr, env), seconds)
  const result = await runFleetDrill({ store, instances, seconds, onProgress: progress.update }).finally(progress.end)
  stdout.write(`${json ? fleetReportJson(result) : fleetReport(result, colorsFor(stdout, env))}\n`)
  return result.ok
}
