import { Command, InvalidArgumentError } from 'commander'
import { colorsFor, type Terminal, widthOf } from '../terminal.js'
import { CASES, type DrillCase } from './cases.js'
import { LEAST_DELIVERIES, runDrill } from './drill.js'
import { showProgress } from './progress.js'
import { report } from './report.js'
import { reportJson } from './report-json.js'

interface DrillFlags {
  readonly provider?: readonly DrillCase[]
  readonly deliveries: number
  readonly seed?: string
  readonly json?: true
}

/** On two cores this takes a few seconds. */
const DEFAULT_DELIVERIES = 4000
const MOST_DELIVERIES = 1_000_000
const SEEDS = 1_000_000

/** `countersign drill`. `finish` is told whether all was right. */
export function drillCommand(terminal: Terminal, finish: (ok: boolean) => void): Command {
  return new Command('drill')
    .summary('watch webhook keys rotate without losing a delivery')
    .description(
      "Sends signed deliveries over HTTP on loopback while the vendors' keys rotate by the vendors' own rules, and " +
        'counts what was answered wrongly. Time is logical: days pass in seconds.',
    )
    .option('-p, --provider <id>', `only this vendor; may be repeated, or a list with commas (${idList()})`, addCases)
    .option('-d, --deliveries <n>', 'how many for each vendor', parseDeliveries, DEFAULT_DELIVERIES)
    .option('-s, --seed <text>', 'repeat the drill that had this seed (default: a random one)', parseSeed)
    .option('--json', 'print one JSON document instead of the report')
    .addHelpText('after', HELP)
    .action(async (flags: DrillFlags) => finish(await drill(flags, terminal)))
}

const HELP = `
Exit code: 0 all was right, 1 something was answered wrongly, 2 the command was
not understood.

Examples:
  countersign drill
  countersign drill --provider insider,autify --deliveries 20000
  countersign drill --seed 42 --json`

async function drill(flags: DrillFlags, { stdout, stderr, env }: Terminal): Promise<boolean> {
  const cases = CASES.filter((drillCase) => flags.provider?.includes(drillCase) ?? true)
  const seed = flags.seed ?? String(Math.floor(Math.random() * SEEDS))
  const progress = showProgress(stderr, colorsFor(stderr, env))
  const result = await runDrill({ cases, deliveries: flags.deliveries, seed, onProgress: progress.update }).finally(
    progress.end,
  )
  stdout.write(`${flags.json ? reportJson(result) : report(result, widthOf(stdout), colorsFor(stdout, env))}\n`)
  return result.ok
}

function addCases(text: string, before: readonly DrillCase[] = []): readonly DrillCase[] {
  const chosen = text.split(',').map((part) => {
    const id = part.trim()
    const found = CASES.find((drillCase) => drillCase.id === id)
    if (found === undefined) throw new InvalidArgumentError(`There is no provider '${id}'; there are: ${idList()}.`)
    return found
  })
  return [...before, ...chosen]
}

function idList(): string {
  return CASES.map(({ id }) => id).join(', ')
}

function parseDeliveries(text: string): number {
  const number = /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN
  if (number >= LEAST_DELIVERIES && number <= MOST_DELIVERIES) return number
  throw new InvalidArgumentError(`It must be a whole number from ${LEAST_DELIVERIES} to ${MOST_DELIVERIES}.`)
}

function parseSeed(text: string): string {
  if (text === '') throw new InvalidArgumentError('It must not be empty.')
  return text
}
