import { colorsFor, type Terminal, widthOf } from '../terminal.js'
import type { DrillCase } from './cases.js'
import { runDrill } from './drill.js'
import { showProgress } from './progress.js'
import { report } from './report.js'
import { reportJson } from './report-json.js'

const SEEDS = 1_000_000

/** The drill, as the command line asks for it. */
export interface Play {
  readonly cases: readonly DrillCase[]
  readonly deliveries: number
  readonly seed?: string | undefined
  readonly json?: true | undefined
}

/** Plays the drill and prints its report. Resolves to whether all was right. */
export async function play({ cases, deliveries, seed, json }: Play, terminal: Terminal): Promise<boolean> {
  const { stdout, stderr, env } = terminal
  const progress = showProgress(stderr, colorsFor(stderr, env))
  const options = { cases, deliveries, seed: seed ?? String(Math.floor(Math.random() * SEEDS)) }
  const result = await runDrill({ ...options, onProgress: progress.update }).finally(progress.end)
  stdout.write(`${json ? reportJson(result) : report(result, widthOf(stdout), colorsFor(stdout, env))}\n`)
  return result.ok
}
