import { CountersignError, type Key, type Keyring, reveal } from '@countersign/core'
import { Command } from 'commander'
import { withStore } from '../store/open-store.js'
import type { Terminal } from '../terminal.js'
import { notConfirmed, typed } from './confirmation.js'
import { loadRing } from './load-ring.js'
import { encodingOf } from './secret-encoding.js'
import { commonOptions, type KeysFlags, print } from './subcommand.js'

interface RevealFlags extends KeysFlags {
  readonly confirm?: string
}

/** `countersign keys reveal` */
export function revealCommand(terminal: Terminal): Command {
  const command = new Command('reveal')
    .summary('print the secret of a key')
    .description("Prints a secret, to be entered at the vendor, once the ring's name was typed to confirm it.")
    .argument('<ring>', 'the name of the keyring')
    .argument('<id>', 'the id of the key')
    .option('--confirm <ring>', "the ring's name once more, for scripts")
  return commonOptions(command, [
    'reveal autify key-2 --store file:./keys',
    'reveal autify key-2 --confirm autify |\n    countersign send https://example.com/hook -p autify --secret-file -',
  ]).action((ring: string, id: string, flags: RevealFlags) => revealKey(ring, id, flags, terminal))
}

async function revealKey(name: string, id: string, flags: RevealFlags, terminal: Terminal): Promise<void> {
  await withStore(flags, terminal, async ({ store }) => {
    const { ring } = await loadRing(store, name)
    const key = keyOf(ring, id)
    if ((await confirmation(name, id, flags, terminal)) !== name) {
      throw notConfirmed('that is not the name of the ring, so nothing is shown')
    }
    const [text, encoding] = [reveal(key.secret), encodingOf(ring, id)]
    print(terminal, flags, { ok: true, ring: name, id, slot: key.slot, encoding, secret: text }, () => text)
  })
}

async function confirmation(name: string, id: string, { confirm }: RevealFlags, terminal: Terminal): Promise<string> {
  if (confirm !== undefined) return confirm
  if (terminal.stdin.isTTY === true) {
    terminal.stderr.write(`The secret of ${id} in '${name}' will stand on this screen: whoever sees it can sign.\n`)
  }
  return typed(
    `Type the ring's name to go on:`,
    'there is no terminal to ask: --confirm <ring> shows the secret',
    terminal,
  )
}

/** @throws CountersignError `key-unknown`. */
function keyOf(ring: Keyring, id: string): Key {
  const key = ring.keys.find((one) => one.id === id)
  if (key !== undefined) return key
  const known = ring.keys.map((one) => one.id).join(', ')
  throw new CountersignError('key-unknown', `the ring has no key '${id}'; it has: ${known || 'none'}`)
}
