import { stage } from '@countersign/core'
import { Command } from 'commander'
import { withStore } from '../store/open-store.js'
import type { Terminal } from '../terminal.js'
import { reportTurn } from './change-report.js'
import { changeRing } from './change-ring.js'
import { freshId } from './fresh-id.js'
import { type NewKeyFlags, newKeyOptions, requireSlot } from './new-key-options.js'
import { type NewSecretFlags, newSecret, newSecretOptions } from './new-secret.js'
import { requireRingProvider } from './ring-provider.js'
import { commonOptions, type KeysFlags, ringProviderOptions } from './subcommand.js'

type StageFlags = KeysFlags & NewKeyFlags & NewSecretFlags

/** `countersign keys stage` */
export function stageCommand(terminal: Terminal): Command {
  const command = new Command('stage')
    .summary('add the next key, which verifies already and waits')
    .description(
      'Adds a key that verifies and never signs. Enter its secret at the vendor then; once the vendor has switched, keys ' +
        'promote makes it the active one. For vendors that swap at once, nothing is lost this way.',
    )
    .argument('<ring>', 'the name of the keyring')
  newSecretOptions(newKeyOptions(command))
  return commonOptions(ringProviderOptions(command), [
    'stage autify --generate --store file:./keys',
    'stage acme --provider insider --secret-file new.txt',
  ]).action((ring: string, flags: StageFlags) => stageKey(ring, flags, terminal))
}

async function stageKey(name: string, flags: StageFlags, terminal: Terminal): Promise<void> {
  const provider = requireRingProvider(flags, name)
  requireSlot(flags, provider)
  const secret = await newSecret(flags, provider, terminal)
  const { id, slot } = flags
  await withStore(flags, terminal, async (opened) => {
    const changed = await changeRing(opened.store, name, {
      apply: (ring) => stage(ring, { id: id ?? freshId(ring, slot), slot, secret }),
    })
    await reportTurn({ name, changed, flags, terminal, shown: flags.show ? secret : undefined }, provider, opened)
  })
}
