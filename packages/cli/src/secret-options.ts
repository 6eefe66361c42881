import {
  type AnyProvider,
  type KeyInput,
  type Keyring,
  keyring,
  type Secret,
  type SecretEncoding,
} from '@countersign/core'
import { type Command, Option } from 'commander'
import { type GivenSecret, type NamedSecret, namedSecrets, type SecretFlags } from './named-secrets.js'
import type { Terminal } from './terminal.js'

const ENCODINGS: readonly SecretEncoding[] = ['utf8', 'hex', 'base64', 'whsec']

/** Adds `--secret-file`, `--secret-env`, `--secret` and `--secret-encoding`. */
export function secretOptions(command: Command): Command {
  return command
    .addOption(new SecretOption('--secret-file <path>', 'read a secret from this file, - for stdin; repeatable'))
    .addOption(new SecretOption('--secret-env <name>', 'take a secret from this environment variable; repeatable'))
    .addOption(new SecretOption('--secret <text>', 'the secret itself: others on this machine can see it'))
    .addOption(new Option('--secret-encoding <kind>', 'how a secret stands for its bytes').choices(ENCODINGS))
}

/** The three write to one list: the order tells the older secret from the newer. */
class SecretOption extends Option {
  constructor(flags: string, description: string) {
    super(flags, description)
    const option = this.long as GivenSecret['option']
    this.argParser((value: string, before: readonly GivenSecret[] = []) => [...before, { option, value }])
  }

  override attributeName(): string {
    return 'secrets'
  }
}

/**
 * The secrets that the options name as a ring, `key-1`, `key-2` and so on, or the slots' names. Without any, a terminal is
 * asked.
 *
 * @throws InvalidArgumentError where a secret is missing, malformed, or not told which slot it is for.
 */
export async function keysFrom(flags: SecretFlags, provider: AnyProvider, terminal: Terminal): Promise<Keyring> {
  return ringOf(await namedSecrets(flags, provider.slots, terminal), provider.slots)
}

/** The secrets in the order in which they were given, for whoever has no provider yet. Throws as `keysFrom`. */
export async function secretsFrom(flags: SecretFlags, terminal: Terminal): Promise<readonly Secret[]> {
  return (await namedSecrets(flags, undefined, terminal)).map((one) => one.secret)
}

function ringOf(named: readonly NamedSecret[], slots: readonly string[] | undefined): Keyring {
  const counts = new Map<string, number>()
  const keys = named.map(({ secret, slot }, index): KeyInput => {
    if (slots === undefined || slot === undefined) return { id: `key-${index + 1}`, secret }
    const count = (counts.get(slot) ?? 0) + 1
    counts.set(slot, count)
    return { id: count === 1 ? slot : `${slot}-${count}`, slot, secret }
  })
  return keyring(keys)
}
