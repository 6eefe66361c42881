import { Command } from 'commander'
import { withStore } from '../store/open-store.js'
import type { Terminal } from '../terminal.js'
import { parseTime } from '../time-option.js'
import { reportTurn } from './change-report.js'
import { changeRing } from './change-ring.js'
import { requireConsent } from './confirmation.js'
import { parseDuration } from './duration.js'
import { type NewKeyFlags, newKeyOptions, requireSlot } from './new-key-options.js'
import { type NewSecretFlags, newSecret, newSecretOptions } from './new-secret.js'
import { requireRingProvider } from './ring-provider.js'
import { rotation } from './rotation.js'
import { commonOptions, type KeysFlags, ringProviderOptions } from './subcommand.js'

interface RotateFlags extends KeysFlags, NewKeyFlags, NewSecretFlags {
  readonly grace?: number
  readonly at?: number
  readonly force?: true
  readonly yes?: true
}

/** `countersign keys rotate` */
export function rotateCommand(terminal: Terminal): Command {
  const command = new Command('rotate')
    .summary("rotate a ring by the vendor's own rules")
    .description(
      "Gives the ring a new key, and lets the old one retire for the vendor's grace and the deliveries under way. For a " +
        'secret that the vendor has switched to, or signs with beside the old one.',
    )
    .argument('<ring>', 'the name of the keyring')
  newSecretOptions(newKeyOptions(command))
    .option(
      '--grace <duration>',
      "how long the vendor goes on with the old key: 90s, 1h, 7d (default: the vendor's)",
      parseDuration,
    )
    .option('--at <time>', 'when the vendor rotated (default: now)', parseTime)
    .option('--force', "override a rule of the vendor's that protects deliveries; some may be lost")
    .option('-y, --yes', 'do not ask before --force and a grace of 0')
  return commonOptions(ringProviderOptions(command), [
    'rotate autify --generate --store file:./keys',
    'rotate agilepoint --slot primary --secret-file new.txt',
    'rotate global-commerce --grace 6h --secret-env NEW_SECRET',
  ]).action((ring: string, flags: RotateFlags) => rotateRing(ring, flags, terminal))
}

async function rotateRing(name: string, flags: RotateFlags, terminal: Terminal): Promise<void> {
  const provider = requireRingProvider(flags, name)
  requireSlot(flags, provider)
  const question = flags.force
    ? `This overrides a rule of ${provider.title} that protects deliveries of '${name}': some may be lost. Go on?`
    : `The old key of '${name}' verifies nothing from then on, deliveries under way included. Go on?`
  if (flags.force || flags.grace === 0) await requireConsent(question, flags.yes, terminal)
  const secret = await newSecret(flags, provider, terminal)
  await withStore(flags, terminal, async (opened) => {
    const { id, slot, grace: graceMs, force } = flags
    const turn = rotation({ secret, id, slot, graceMs, force }, provider, flags.at ?? terminal.now())
    const changed = await changeRing(opened.store, name, turn)
    await reportTurn({ name, changed, flags, terminal, shown: flags.show ? secret : undefined }, provider, opened)
  })
}
