import type { Secret } from '@countersign/core'
import { Command } from 'commander'
import { withStore } from '../store/open-store.js'
import type { Terminal } from '../terminal.js'
import { parseTime } from '../time-option.js'
import { reportChange } from './change-report.js'
import { changeRing, type RingChange } from './change-ring.js'
import { freshId } from './fresh-id.js'
import { type NewKeyFlags, newKeyOptions, requireSlot } from './new-key-options.js'
import { type NewSecretFlags, newSecret, newSecretOptions } from './new-secret.js'
import { ringProvider } from './ring-provider.js'
import { commonOptions, type KeysFlags, ringProviderOptions } from './subcommand.js'
import { withKey } from './with-key.js'

interface AddFlags extends KeysFlags, NewKeyFlags, NewSecretFlags {
  readonly activeFrom?: number
}

/** `countersign keys add` */
export function addCommand(terminal: Terminal): Command {
  const command = new Command('add')
    .summary('put a key into a ring, or begin one')
    .description(
      'Adds a key that the vendor signs with already. The ring is created with its first key. For a key that is to ' +
        'replace another: keys stage or keys rotate.',
    )
    .argument('<ring>', 'the name of the keyring')
  newSecretOptions(newKeyOptions(command))
  command.option('--active-from <time>', 'since when the vendor signs with it (default: ever)', parseTime)
  return commonOptions(ringProviderOptions(command), [
    'add autify --secret-env AUTIFY_SECRET --store file:./keys',
    'add agilepoint --slot primary --secret-file primary.txt \\\n    --active-from 2026-01-01T09:00:00Z',
  ]).action((ring: string, flags: AddFlags) => add(ring, flags, terminal))
}

async function add(name: string, flags: AddFlags, terminal: Terminal): Promise<void> {
  const provider = ringProvider(flags, name)
  requireSlot(flags, provider)
  const secret = await newSecret(flags, provider, terminal)
  await withStore(flags, terminal, async ({ store }) => {
    const changed = await changeRing(store, name, addition(secret, flags))
    reportChange({ name, changed, flags, terminal, shown: flags.show ? secret : undefined })
  })
}

function addition(secret: Secret, { id, slot, activeFrom }: AddFlags): RingChange {
  return {
    mayCreate: true,
    apply: (ring) => withKey(ring, { id: id ?? freshId(ring, slot), slot, secret, activeFrom }),
  }
}
