import { Command } from 'commander'
import { plainTable } from '../picture/plain-table.js'
import { withStore } from '../store/open-store.js'
import { type Colors, colorsFor, type Terminal } from '../terminal.js'
import { historyOf, type KeyEvent } from './history.js'
import { loadRing } from './load-ring.js'
import { commonOptions, type KeysFlags, presentOption, print } from './subcommand.js'
import { localTime, relative } from './when.js'

/** `countersign keys history` */
export function historyCommand(terminal: Terminal): Command {
  const command = new Command('history')
    .summary('show what became of the keys of a ring')
    .description('Shows all that the dates of a ring tell, in order, and the ids of the keys that are gone.')
    .argument('<ring>', 'the name of the keyring')
  return commonOptions(presentOption(command), ['history autify --store file:./keys', 'history autify --json']).action(
    (ring: string, flags: KeysFlags) => history(ring, flags, terminal),
  )
}

async function history(name: string, flags: KeysFlags, terminal: Terminal): Promise<void> {
  const now = flags.now ?? terminal.now()
  await withStore(flags, terminal, async ({ store }) => {
    const { ring, version } = await loadRing(store, name)
    const events = historyOf(ring)
    const colors = colorsFor(terminal.stdout, terminal.env)
    print(terminal, flags, { ring: name, version, events }, () => historyText(events, now, colors))
  })
}

const UNDATED: Readonly<Partial<Record<KeyEvent['event'], string>>> = {
  added: 'signs since before this ring',
  staged: 'staged; when is not kept',
  gone: 'gone; its id is not used again',
}

function historyText(events: readonly KeyEvent[], now: number, colors: Colors): string {
  const rows = events.map(({ at, id, slot, event }) => {
    const isToCome = at !== undefined && at > now
    const what = at === undefined ? (UNDATED[event] ?? event) : isToCome ? TO_COME[event] : event
    const cells = [
      at === undefined ? '-' : localTime(at, now),
      at === undefined ? '' : relative(at, now),
      id,
      slot ?? '',
      what,
    ]
    return isToCome ? cells.map((cell) => colors.dim(cell)) : cells
  })
  return rows.length === 0 ? 'nothing yet' : plainTable(rows.map(withoutSlots(events)))
}

const TO_COME: Readonly<Record<KeyEvent['event'], string>> = {
  added: 'is added',
  active: 'becomes active',
  rotated: 'rotates',
  retired: 'retires',
  expired: 'expires',
  revoked: 'is revoked',
  staged: 'is staged',
  gone: 'is gone',
}

/** Most vendors have none. */
function withoutSlots(events: readonly KeyEvent[]): (cells: string[]) => string[] {
  const hasSlots = events.some(({ slot }) => slot !== undefined)
  return (cells) => (hasSlots ? cells : cells.filter((_, index) => index !== 3))
}
