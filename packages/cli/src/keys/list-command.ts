import { Command } from 'commander'
import { plainTable } from '../picture/plain-table.js'
import { type OpenedStore, withStore } from '../store/open-store.js'
import { type Colors, colorsFor, type Terminal, widthOf } from '../terminal.js'
import { keyRows } from './key-row.js'
import { loadRing, loadRings, type NamedRing } from './load-ring.js'
import { readUses } from './read-uses.js'
import { ringProvider } from './ring-provider.js'
import { type RingReport, ringText } from './ring-text.js'
import { dueRotation, dueText } from './schedule.js'
import { painted } from './state-colors.js'
import { commonOptions, type KeysFlags, presentOption, print, ringProviderOptions } from './subcommand.js'

/** `countersign keys list` */
export function listCommand(terminal: Terminal): Command {
  const command = new Command('list')
    .summary('show keyrings, or the keys of one and their lives')
    .description('Shows all keyrings of the store; of one, each key, its states, and when it last matched a delivery.')
    .argument('[ring]', 'the name of a keyring (default: all of them)')
  return commonOptions(presentOption(ringProviderOptions(command)), [
    'list --store file:./keys',
    'list autify --store redis://localhost:6379',
    'list autify --json',
  ]).action((ring: string | undefined, flags: KeysFlags) => list(ring, flags, terminal))
}

async function list(name: string | undefined, flags: KeysFlags, terminal: Terminal): Promise<void> {
  const now = flags.now ?? terminal.now()
  const colors = colorsFor(terminal.stdout, terminal.env)
  await withStore(flags, terminal, async (opened) => {
    if (name !== undefined) {
      const report = await reportOf(await loadRing(opened.store, name), opened, flags, terminal, now)
      return print(terminal, flags, documentOf(report), () => ringText(report, now, widthOf(terminal.stdout), colors))
    }
    const reports: RingReport[] = []
    for (const ring of await loadRings(opened.store)) {
      reports.push(await reportOf(ring, opened, flags, terminal, now))
    }
    print(terminal, flags, { rings: reports.map(documentOf) }, () => ringsText(reports, now, colors))
  })
}

async function reportOf(
  { name, ring, version }: NamedRing,
  opened: OpenedStore,
  flags: KeysFlags,
  terminal: Terminal,
  now: number,
): Promise<RingReport> {
  const provider = ringProvider(flags, name)
  const rows = keyRows(ring, await readUses(opened, name, terminal), now)
  return { name, version, ring, rows, due: provider && dueRotation(ring, provider, now) }
}

function documentOf({ name, version, ring, rows, due }: RingReport) {
  return { ring: name, version, keys: rows, tombstones: ring.tombstones, nextRotation: due }
}

function ringsText(reports: readonly RingReport[], now: number, colors: Colors): string {
  if (reports.length === 0) return 'no keyrings yet: countersign keys add <ring> begins one'
  const head = ['ring', 'keys', 'next rotation'].map((text) => colors.dim(text))
  const rows = reports.map(({ name, rows: keys, due }) => [
    name,
    keys.map(({ id, state }) => `${id} ${painted(state, colors)}`).join('\n') || '-',
    due === undefined ? '-' : dueText(due, now, colors),
  ])
  return plainTable([head, ...rows])
}
