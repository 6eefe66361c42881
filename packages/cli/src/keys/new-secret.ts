import { type AnyProvider, CountersignError, generateSecret, type Secret } from '@countersign/core'
import { type Command, InvalidArgumentError } from 'commander'
import type { SecretFlags } from '../named-secrets.js'
import { secretOptions, secretsFrom } from '../secret-options.js'
import type { Terminal } from '../terminal.js'

export interface NewSecretFlags extends SecretFlags {
  readonly generate?: true
  readonly show?: true
}

/** Adds the secret options, `--generate` and `--show`. */
export function newSecretOptions(command: Command): Command {
  return secretOptions(command)
    .option('--generate', 'make a random secret in the form that the vendor takes')
    .option('--show', 'with --generate: print the secret, once')
}

/**
 * The secret of a new key.
 *
 * @throws InvalidArgumentError where it is not clear which. CountersignError `secret-required` where only the vendor makes secrets.
 */
export async function newSecret(
  flags: NewSecretFlags,
  provider: AnyProvider | undefined,
  terminal: Terminal,
): Promise<Secret> {
  const given = flags.secrets?.length ?? 0
  if (flags.show && !flags.generate)
    throw new InvalidArgumentError('--show goes with --generate: you have any other secret')
  if (flags.generate) {
    if (given > 0) throw new InvalidArgumentError('--generate makes the secret: give none')
    return generated(provider)
  }
  if (given > 1) throw new InvalidArgumentError('one key has one secret: give one')
  if (given === 0 && terminal.stdin.isTTY !== true) {
    const generate = provider?.secrets?.issuedBy === 'vendor' ? '' : ', or --generate'
    throw new InvalidArgumentError(`no secret was given: use --secret-env NAME or --secret-file PATH${generate}`)
  }
  const [secret] = await secretsFrom(flags, terminal)
  if (secret === undefined) throw new InvalidArgumentError('no secret was given')
  return secret
}

function generated(provider: AnyProvider | undefined): Secret {
  if (provider === undefined) throw new InvalidArgumentError('--generate needs the --provider whose form it is to have')
  if (provider.secrets?.issuedBy !== 'vendor') return generateSecret(provider)
  throw new CountersignError(
    'secret-required',
    `${provider.title} makes its secrets itself: give the one from there, with --secret-file or --secret-env`,
  )
}
