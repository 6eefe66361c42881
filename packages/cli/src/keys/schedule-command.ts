import { Command } from 'commander'
import { plainTable } from '../picture/plain-table.js'
import { withStore } from '../store/open-store.js'
import { type Colors, colorsFor, type Terminal } from '../terminal.js'
import { keyRows } from './key-row.js'
import { loadRing, loadRings, type NamedRing } from './load-ring.js'
import { ringProvider } from './ring-provider.js'
import { type DueRotation, dueRotation, dueText } from './schedule.js'
import { commonOptions, type KeysFlags, presentOption, print, ringProviderOptions } from './subcommand.js'
import { when } from './when.js'

/** What is to come for a ring. */
interface RingSchedule {
  readonly ring: string
  /** Undefined where it is not known whose keys these are. */
  readonly nextRotation: DueRotation | undefined
  /** The keys that end, the next one first; `at` in milliseconds since the epoch. */
  readonly ends: readonly { readonly id: string; readonly at: number }[]
  /** The keys that wait to be promoted. */
  readonly waiting: readonly string[]
}

/** `countersign keys schedule` */
export function scheduleCommand(terminal: Terminal): Command {
  const command = new Command('schedule')
    .summary('show what is due next, and when')
    .description('Shows when each ring is to be rotated by the rules of its vendor, which keys end, and which wait.')
    .argument('[ring]', 'the name of a keyring (default: all of them)')
  return commonOptions(presentOption(ringProviderOptions(command)), [
    'schedule --store file:./keys',
    'schedule agilepoint --now 2026-03-01T00:00:00Z',
  ]).action((ring: string | undefined, flags: KeysFlags) => schedule(ring, flags, terminal))
}

async function schedule(name: string | undefined, flags: KeysFlags, terminal: Terminal): Promise<void> {
  const now = flags.now ?? terminal.now()
  await withStore(flags, terminal, async ({ store }) => {
    const rings = name === undefined ? await loadRings(store) : [await loadRing(store, name)]
    const schedules = rings.map((one) => scheduleOf(one, flags, now))
    const colors = colorsFor(terminal.stdout, terminal.env)
    print(terminal, flags, { schedule: schedules }, () => scheduleText(schedules, now, colors))
  })
}

function scheduleOf({ name, ring }: NamedRing, flags: KeysFlags, now: number): RingSchedule {
  const provider = ringProvider(flags, name)
  const rows = keyRows(ring, undefined, now)
  return {
    ring: name,
    nextRotation: provider && dueRotation(ring, provider, now),
    ends: rows
      .flatMap(({ id, state, until }) => (state === 'retiring' && until !== undefined ? [{ id, at: until }] : []))
      .sort((one, other) => one.at - other.at),
    waiting: rows.filter(({ state, until }) => state === 'staged' && until === undefined).map(({ id }) => id),
  }
}

/** The most pressing first: what is overdue, then by the moment. */
function scheduleText(schedules: readonly RingSchedule[], now: number, colors: Colors): string {
  if (schedules.length === 0) return 'no keyrings yet: countersign keys add <ring> begins one'
  const dueAt = ({ nextRotation }: RingSchedule) => {
    return nextRotation?.isPeriodic ? nextRotation.at : Number.POSITIVE_INFINITY
  }
  // Two that are never due are equal: a difference of infinities is no number.
  const sorted = [...schedules].sort((one, other) => dueAt(one) - dueAt(other) || 0)
  return plainTable(sorted.map((one) => [one.ring, scheduleLines(one, now, colors).join('\n')]))
}

function scheduleLines({ nextRotation, ends, waiting }: RingSchedule, now: number, colors: Colors): readonly string[] {
  return [
    nextRotation === undefined
      ? colors.dim('its name does not tell whose keys these are: --provider <id>')
      : dueText(nextRotation, now, colors),
    ...waiting.map((id) => `${id} waits to be promoted`),
    ...ends.map(({ id, at }) => `${id} ends ${when(at, now)}`),
  ]
}
