import { type Keyring, revoke } from '@countersign/core'
import { Command } from 'commander'
import { withStore } from '../store/open-store.js'
import type { Terminal } from '../terminal.js'
import { reportChange } from './change-report.js'
import { changeRing, overtaken } from './change-ring.js'
import { requireConsent } from './confirmation.js'
import { loadRing } from './load-ring.js'
import { commonOptions, type KeysFlags } from './subcommand.js'

interface RevokeFlags extends KeysFlags {
  readonly yes?: true
}

/** `countersign keys revoke` */
export function revokeCommand(terminal: Terminal): Command {
  const command = new Command('revoke')
    .summary('end a key at once, for one that has leaked')
    .description('The key verifies nothing from now on, deliveries under way included. There is no way back.')
    .argument('<ring>', 'the name of the keyring')
    .argument('<id>', 'the id of the key')
    .option('-y, --yes', 'do not ask')
  return commonOptions(command, ['revoke autify key-1 --store file:./keys', 'revoke autify key-1 --yes --json']).action(
    (ring: string, id: string, flags: RevokeFlags) => revokeKey(ring, id, flags, terminal),
  )
}

async function revokeKey(name: string, id: string, flags: RevokeFlags, terminal: Terminal): Promise<void> {
  await withStore(flags, terminal, async ({ store }) => {
    const { ring } = await loadRing(store, name)
    const consequence = consequenceOf(ring, id, name, terminal.now())
    if (flags.yes) terminal.stderr.write(`${consequence}\n`)
    await requireConsent(`${consequence} Revoke it?`, flags.yes, terminal)
    const changed = await changeRing(store, name, {
      apply(fresh) {
        const now = terminal.now()
        // Another may have ended what was still to verify: that was not what the user has agreed to.
        if (!flags.yes && consequenceOf(fresh, id, name, now) !== consequence) throw overtaken(name)
        return revoked(fresh, id, now)
      },
    })
    reportChange({ name, changed, flags, terminal })
  })
}

/** The very same ring where it was done before, so that nothing is saved. */
function revoked(ring: Keyring, id: string, now: number): Keyring {
  const isDone = ring.describe(now).some((key) => key.id === id && key.state === 'revoked')
  return isDone ? ring : revoke(ring, id, { now })
}

/** @throws CountersignError `key-unknown`. */
function consequenceOf(ring: Keyring, id: string, name: string, now: number): string {
  const left = revoke(ring, id, { now }).usable(now).length
  if (left > 0) return `What is signed with ${id} of '${name}' will be refused.`
  return `No key of '${name}' will be left: every delivery will be answered 503 until you add one.`
}
