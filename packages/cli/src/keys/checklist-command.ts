import { Command } from 'commander'
import { withStore } from '../store/open-store.js'
import { colorsFor, type Terminal, widthOf } from '../terminal.js'
import { checklistOf } from './checklist.js'
import { checklistText } from './checklist-text.js'
import { loadRing } from './load-ring.js'
import { givenArguments } from './printed-command.js'
import { readUses } from './read-uses.js'
import { requireRingProvider } from './ring-provider.js'
import { commonOptions, type KeysFlags, presentOption, print, ringProviderOptions } from './subcommand.js'

/** `countersign keys checklist` */
export function checklistCommand(terminal: Terminal): Command {
  const command = new Command('checklist')
    .summary('show what is to be done for the rotation under way')
    .description("Shows the vendor's own steps, which of them are done, and whether the old key is safe to retire.")
    .argument('<ring>', 'the name of the keyring')
  return commonOptions(presentOption(ringProviderOptions(command)), [
    'checklist autify --store file:./keys',
    'checklist agilepoint --json',
  ]).action((ring: string, flags: KeysFlags) => checklist(ring, flags, terminal))
}

async function checklist(name: string, flags: KeysFlags, terminal: Terminal): Promise<void> {
  const provider = requireRingProvider(flags, name)
  const now = flags.now ?? terminal.now()
  await withStore(flags, terminal, async (opened) => {
    const { ring, version } = await loadRing(opened.store, name)
    const uses = await readUses(opened, name, terminal)
    const list = checklistOf({ name, ring, provider, uses, now, given: givenArguments(flags) })
    const colors = colorsFor(terminal.stdout, terminal.env)
    print(terminal, flags, { ring: name, version, provider: provider.id, ...list }, () =>
      checklistText(list, provider.title, widthOf(terminal.stdout), colors),
    )
  })
}
