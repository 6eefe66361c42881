import { Command, InvalidArgumentError, Option } from 'commander'
import { EXIT } from '../exit-codes.js'
import { STORE_KINDS, type StoreKind } from '../fleet/store-kinds.js'
import type { Terminal } from '../terminal.js'
import { CASES, type DrillCase } from './cases.js'
import { LEAST_DELIVERIES } from './limits.js'

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
const DEFAULT_INSTANCES = 4
const MOST_INSTANCES = 32
const DEFAULT_SECONDS = 20
const MOST_SECONDS = 3600
/** In less, not all of it would go wrong once. */
const LEAST_SECONDS = 10

/** `countersign drill`: refused is what was answered wrongly. */
export function drillCommand(terminal: Terminal, finish: (code: number) => void): Command {
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
      if (flags.store === undefined) requireNoneOf(command, ['instances', 'seconds'])
      const isRight = await playAs(flags, terminal)
      finish(isRight ? EXIT.verified : EXIT.refused)
    })
}

const HELP = `
Exit code: 0 all was right, 1 something was answered wrongly, 2 the command was
not understood, 3 the server of --store is not installed.

Examples:
  countersign drill
  countersign drill --provider insider,autify --deliveries 20000
  countersign drill --seed 42 --json
  countersign drill --instances 4 --store redis`

/** With what it needs loaded only then: the clients of two databases are much to wait for. */
async function playAs({ store, provider, ...flags }: DrillFlags, terminal: Terminal): Promise<boolean> {
  if (store !== undefined) {
    const { playFleet } = await import('../fleet/play.js')
    return playFleet({ ...flags, store }, terminal)
  }
  const { play } = await import('./play.js')
  return play({ ...flags, cases: CASES.filter((drillCase) => provider?.includes(drillCase) ?? true) }, terminal)
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
