import { type Keyring, prune } from '@countersign/core'
import { Command } from 'commander'
import { EXIT } from '../exit-codes.js'
import { withStore } from '../store/open-store.js'
import type { Terminal } from '../terminal.js'
import { reportChange } from './change-report.js'
import { changeRing } from './change-ring.js'
import { isWanted } from './confirmation.js'
import { loadRing } from './load-ring.js'
import { idsOf } from './retirement.js'
import { commonOptions, type KeysFlags } from './subcommand.js'

interface PruneFlags extends KeysFlags {
  readonly yes?: true
}

/** `countersign keys prune` */
export function pruneCommand(terminal: Terminal, finish: (code: number) => void): Command {
  const command = new Command('prune')
    .summary('remove the keys that have ended, secrets and all')
    .description(
      'Removes what is expired or revoked. The ids are kept, so that none is used again. What is gone can no longer be ' +
        'named as the reason why a delivery was refused.',
    )
    .argument('<ring>', 'the name of the keyring')
    .option('-y, --yes', 'do not ask')
  return commonOptions(command, ['prune autify --store file:./keys', 'prune autify --yes']).action(
    async (ring: string, flags: PruneFlags) => finish(await pruneRing(ring, flags, terminal)),
  )
}

async function pruneRing(name: string, flags: PruneFlags, terminal: Terminal): Promise<number> {
  return withStore(flags, terminal, async ({ store }) => {
    const { ring } = await loadRing(store, name)
    const ended = endedKeys(ring, terminal.now())
    const question = `${idsOf(ended)} of '${name}' will be gone, secrets and all. Go on?`
    if (ended.length > 0 && !(await isWanted(question, flags.yes, terminal))) return EXIT.refused
    const changed = await changeRing(store, name, { apply: (fresh) => pruned(fresh, terminal.now()) })
    reportChange({ name, changed, flags, terminal })
    return EXIT.verified
  })
}

/** The very same ring where nothing has ended, so that nothing is saved. */
function pruned(ring: Keyring, now: number): Keyring {
  return endedKeys(ring, now).length === 0 ? ring : prune(ring, now)
}

function endedKeys(ring: Keyring, now: number) {
  return ring.describe(now).filter(({ state }) => state === 'expired' || state === 'revoked')
}
