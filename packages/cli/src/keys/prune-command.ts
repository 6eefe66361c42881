import { type Keyring, prune } from '@countersign/core'
import { Command } from 'commander'
import { withStore } from '../store/open-store.js'
import type { Terminal } from '../terminal.js'
import { reportChange } from './change-report.js'
import { changeRing, overtaken } from './change-ring.js'
import { requireConsent } from './confirmation.js'
import { idsOf } from './key-words.js'
import { loadRing } from './load-ring.js'
import { commonOptions, type KeysFlags } from './subcommand.js'

interface PruneFlags extends KeysFlags {
  readonly yes?: true
}

/** `countersign keys prune` */
export function pruneCommand(terminal: Terminal): Command {
  const command = new Command('prune')
    .summary('remove the keys that have ended, secrets and all')
    .description(
      'Removes what is expired or revoked. The ids are kept, so that none is used again. What is gone can no longer be ' +
        'named as the reason why a delivery was refused.',
    )
    .argument('<ring>', 'the name of the keyring')
    .option('-y, --yes', 'do not ask')
  return commonOptions(command, ['prune autify --store file:./keys', 'prune autify --yes']).action(
    (ring: string, flags: PruneFlags) => pruneRing(ring, flags, terminal),
  )
}

async function pruneRing(name: string, flags: PruneFlags, terminal: Terminal): Promise<void> {
  await withStore(flags, terminal, async ({ store }) => {
    const { ring } = await loadRing(store, name)
    const now = terminal.now()
    const ended = endedKeys(ring, now)
    const question = `${idsOf(ended)} of '${name}' will be gone, secrets and all. Go on?`
    if (ended.length > 0) await requireConsent(question, flags.yes, terminal)
    const changed = await changeRing(store, name, {
      apply(fresh) {
        const isAgreed = endedKeys(fresh, now).every(({ id }) => ended.some((key) => key.id === id))
        // Another has ended a key while the user read.
        if (!flags.yes && !isAgreed) throw overtaken(name)
        return pruned(fresh, now)
      },
    })
    reportChange({ name, changed, flags, terminal })
  })
}

/** The very same ring where nothing has ended, so that nothing is saved. */
function pruned(ring: Keyring, now: number): Keyring {
  return endedKeys(ring, now).length === 0 ? ring : prune(ring, now)
}

function endedKeys(ring: Keyring, now: number) {
  return ring.describe(now).filter(({ state }) => state === 'expired' || state === 'revoked')
}
