import { type AnyProvider, promote } from '@countersign/core'
import { Command } from 'commander'
import { SECOND } from '../durations.js'
import { withStore } from '../store/open-store.js'
import type { Terminal } from '../terminal.js'
import { parseTime } from '../time-option.js'
import { reportTurn } from './change-report.js'
import { changeRing } from './change-ring.js'
import { requireConsent } from './confirmation.js'
import { parseDuration } from './duration.js'
import { requireRingProvider } from './ring-provider.js'
import { commonOptions, type KeysFlags, ringProviderOptions } from './subcommand.js'

interface PromoteFlags extends KeysFlags {
  readonly grace?: number
  readonly at?: number
  readonly yes?: true
}

/** `countersign keys promote` */
export function promoteCommand(terminal: Terminal): Command {
  const command = new Command('promote')
    .summary('make a staged key the active one')
    .description(
      'Makes a staged key the active one, once the vendor has switched to it. The keys that were active retire.',
    )
    .argument('<ring>', 'the name of the keyring')
    .argument('<id>', 'the id of the staged key')
    .option(
      '--grace <duration>',
      "how long the old key still verifies (default: the vendor's, a day where it has none)",
      parseDuration,
    )
    .option('--at <time>', 'when the vendor switched (default: now)', parseTime)
    .option('-y, --yes', 'do not ask before a grace of 0')
  return commonOptions(ringProviderOptions(command), [
    'promote autify key-2 --store file:./keys',
    'promote autify key-2 --grace 7d',
  ]).action((ring: string, id: string, flags: PromoteFlags) => promoteKey(ring, id, flags, terminal))
}

async function promoteKey(name: string, id: string, flags: PromoteFlags, terminal: Terminal): Promise<void> {
  const provider = requireRingProvider(flags, name)
  const graceMs = flags.grace ?? graceOf(provider)
  const question = `The old key of '${name}' verifies nothing from then on, deliveries under way included. Go on?`
  if (graceMs === 0) await requireConsent(question, flags.yes, terminal)
  await withStore(flags, terminal, async (opened) => {
    const changed = await changeRing(opened.store, name, {
      apply: (ring) => promote(ring, id, { graceMs, now: flags.at ?? terminal.now() }),
    })
    await reportTurn({ name, changed, flags, terminal }, provider, opened)
  })
}

/** For as long as the vendor may still use the old key, and deliveries are under way. `promote` itself adds nothing. */
function graceOf({ rotation, toleranceSeconds = 300 }: AnyProvider): number {
  const underWayMs = toleranceSeconds * SECOND
  switch (rotation.kind) {
    case 'swap':
      return rotation.defaultGraceMs
    case 'overlap':
      return rotation.defaultGraceMs + underWayMs
    case 'expiring':
      return Math.max(...rotation.gracesMs) + underWayMs
    case 'slots':
      return underWayMs
  }
}
