import { Command, InvalidArgumentError, Option } from 'commander'
import { runFleetDrill } from '../fleet/fleet-drill.js'
import { showSeconds } from '../fleet/progress.js'
import { fleetReport } from '../fleet/report.js'
import { fleetReportJson } from '../fleet/report-json.js'
import { missingServer, STORE_KINDS, type StoreKind } from '../fleet/shared-store.js'
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
  readonly store?: StoreKind
  readonly instances: number
  readonly seconds: number
}

/** On two cores this takes a few seconds. */
const DEFAULT_DELIVERIES = 4000
const MOST_DELIVERIES = 1_000_000
const SEEDS = 1_000_000
const DEFAULT_INSTANCES = 4
const MOST_INSTANCES = 32
const DEFAULT_SECONDS = 20
const MOST_SECONDS = 3600
/** In less, not all of it would go wrong once. */
const LEAST_SECONDS = 10

/** `countersign drill`. `finish` is told whether all was right. */
export function drillCommand(terminal: Terminal, finish: (ok: boolean) => void): Command {
  return new Command('drill')
    .summary('watch webhook keys rotate without losing a delivery')
    .description(
      "Sends signed deliveries over HTTP on loopback while the vendors' keys rotate by the vendors' own rules, and " +
        'counts what was answered wrongly. Time is logical: days pass in seconds. With --store, a fleet: several ' +
        "processes share one keyring on a Redis or PostgreSQL server of the drill's own, in real time, while it is " +
        'killed, frozen and slowed, and they are killed.',
    )
    .option('-p, --provider <id>', `only this vendor; may be repeated, or a list with commas (${idList()})`, addCases)
    .option('-d, --deliveries <n>', 'how many for each vendor', parseDeliveries, DEFAULT_DELIVERIES)
    .option('-s, --seed <text>', 'repeat the drill that had this seed (default: a random one)', parseSeed)
    .addOption(
      new Option('--store <kind>', 'drill a fleet on this store; its server has to be installed')
        .choices(STORE_KINDS)
        .conflicts(['provider', 'deliveries', 'seed']),
    )
    .option(
      '-i, --instances <n>',
      `how many processes the fleet has, 1 to ${MOST_INSTANCES}`,
      parseInstances,
      DEFAULT_INSTANCES,
    )
    .option('--seconds <n>', `for how long things go wrong, ${LEAST_SECONDS} or more`, parseSeconds, DEFAULT_SECONDS)
    .option('--json', 'print one JSON document instead of the report')
    .addHelpText('after', HELP)
    .action(async (flags: DrillFlags, command: Command) => {
      const { store } = flags
      if (store !== undefined) {
        const missing = missingServer(store)
        if (missing !== undefined) command.error(`error: ${missing}`)
        return finish(await fleetDrill({ ...flags, store }, terminal))
      }
      requireNoneOf(command, ['instances', 'seconds'])
      finish(await drill(flags, terminal))
    })
}

const HELP = `
Exit code: 0 all was right, 1 something was answered wrongly, 2 the command was
not understood, or the server of --store is not installed.

Examples:
  countersign drill
  countersign drill --provider insider,autify --deliveries 20000
  countersign drill --seed 42 --json
  countersign drill --instances 4 --store redis`

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

async function fleetDrill(flags: DrillFlags & { readonly store: StoreKind }, terminal: Terminal): Promise<boolean> {
  const { store, instances, seconds } = flags
  const { stdout, stderr, env } = terminal
  const progress = showSeconds(stderr, colorsFor(stderr, env), seconds)
  const result = await runFleetDrill({ store, instances, seconds, onProgress: progress.update }).finally(progress.end)
  stdout.write(`${flags.json ? fleetReportJson(result) : fleetReport(result, colorsFor(stdout, env))}\n`)
  return result.ok
}

/** Given without what they are for, options would do nothing, and silently. */
function requireNoneOf(command: Command, names: readonly string[]): void {
  const given = names.find((name) => command.getOptionValueSource(name) === 'cli')
  if (given !== undefined) command.error(`error: option '--${given}' needs --store redis or --store postgres`)
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

const parseDeliveries = wholeNumber(LEAST_DELIVERIES, MOST_DELIVERIES)
const parseInstances = wholeNumber(1, MOST_INSTANCES)
const parseSeconds = wholeNumber(LEAST_SECONDS, MOST_SECONDS)

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN
    if (number >= least && number <= most) return number
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`)
  }
}

function parseSeed(text: string): string {
  if (text === '') throw new InvalidArgumentError('It must not be empty.')
  return text
}
