import { keyring } from '../checked-keyring.js'
import { encode } from '../encoding.js'
import { fail } from '../errors.js'
import { type Key, UNTIL_PROMOTED } from '../key.js'
import type { Keyring } from '../keyring.js'
import type { SecretOptions } from '../secret.js'
import { secret } from '../secret-from-text.js'
import {
  keysOf,
  type ManagedKeySource,
  type ManagedSecretOptions,
  managedKeySource,
  managedOptions,
  parseValues,
  type SecretField,
  type SlotSecret,
  secretsIn,
} from './managed-secret.js'

/** The `SecretsManager` client of `@aws-sdk/client-secrets-manager` 3, or what does as it does. */
export interface SecretsManagerClient {
  /** The version of a secret that has a stage; rejects with `ResourceNotFoundException` where none has it. */
  getSecretValue(input: { SecretId: string; VersionStage: string }): Promise<SecretVersion>
}

/** What it answers. */
export interface SecretVersion {
  /** Becomes the id of the key. */
  readonly VersionId?: string | undefined
  /** The value, if it is text. */
  readonly SecretString?: string | undefined
  /** The value, if it is bytes. */
  readonly SecretBinary?: Uint8Array | undefined
  /** When the version was created, which for AWSCURRENT counts as its promotion. */
  readonly CreatedDate?: Date | undefined
}

/** How the value of a secret is taken, and how fresh it is kept. */
export interface AwsSecretsManagerOptions extends ManagedSecretOptions {
  /** Where the value is JSON, as the console makes it: the field with the secret. Without it the whole value is the secret. */
  readonly field?: SecretField | undefined
}

/**
 * Keys out of AWS Secrets Manager, by its own stages of a rotation: AWSCURRENT is active, AWSPENDING (if it is another version)
 * staged, and AWSPREVIOUS retires until `graceMs` after the current version was created. Their ids are the versions'.
 *
 * AWS does not say when a version was promoted. One that was AWSPENDING for long was created long before: then `graceMs` has to
 * be longer by as much, or the previous one ends with the promotion.
 *
 * After a rollback, AWSPREVIOUS is newer than AWSCURRENT, and nothing tells since when: it then verifies for as long as it
 * has that stage.
 *
 * The principal needs `secretsmanager:GetSecretValue`. Each load asks for the three stages.
 *
 * @throws CountersignError `option-invalid`. The source rejects with `key-source-failed`, with the client's error as cause, or
 * `keyring-stale`.
 */
export function awsSecretsManager(
  client: SecretsManagerClient,
  secretId: string,
  options: AwsSecretsManagerOptions = {},
): ManagedKeySource {
  if (typeof client?.getSecretValue !== 'function' || typeof secretId !== 'string' || secretId === '') {
    fail(
      'option-invalid',
      'awsSecretsManager takes new SecretsManager(), which has getSecretValue, and the name of a secret',
    )
  }
  const { graceMs, form, rest } = managedOptions(options)
  const { field, ...freshness } = rest
  const where = `AWS secret '${secretId}'`
  async function load(): Promise<Keyring> {
    const ask = (stage: string) => client.getSecretValue({ SecretId: secretId, VersionStage: stage })
    // In the order in which a version goes through the stages, so that a rotation in between hides none.
    const pending = await unlessMissing(ask('AWSPENDING'))
    const current = await ask('AWSCURRENT')
    const previous = await unlessMissing(ask('AWSPREVIOUS'))
    return ringOf({ pending, current, previous }, graceMs, (version) => secretsOf(version, field, form))
  }
  return managedKeySource(where, load, freshness)
}

interface Stages {
  readonly pending: SecretVersion | undefined
  readonly current: SecretVersion
  readonly previous: SecretVersion | undefined
}

/** No version has the stage. Of AWSCURRENT that is a fault: then there is no secret. */
async function unlessMissing(pending: Promise<SecretVersion>): Promise<SecretVersion | undefined> {
  try {
    return await pending
  } catch (error) {
    if ((error as { name?: unknown } | null | undefined)?.name !== 'ResourceNotFoundException') throw error
    return undefined
  }
}

function ringOf(
  { pending, current, previous }: Stages,
  graceMs: number,
  secretsOf: (version: SecretVersion) => readonly SlotSecret[],
): Keyring {
  const since = current.CreatedDate?.getTime() ?? 0
  const dated = [
    { version: current, dates: { activeFrom: since } },
    { version: previous, dates: retiring(previous, since, graceMs) },
    // Once it is promoted, the stage may go on pointing at the same version.
    { version: pending, dates: { activeFrom: UNTIL_PROMOTED } },
  ]
  const ids = dated.map(({ version }) => version?.VersionId)
  const keys = dated.flatMap(({ version, dates }, index) => {
    const isNew = version !== undefined && ids.indexOf(version.VersionId) === index
    return isNew ? keysOf(version.VersionId ?? '', secretsOf(version), dates) : []
  })
  return keyring(keys)
}

function retiring(
  previous: SecretVersion | undefined,
  since: number,
  graceMs: number,
): Pick<Key, 'retireFrom' | 'notAfter'> {
  const isRolledBack = (previous?.CreatedDate?.getTime() ?? 0) > since
  return isRolledBack ? { retireFrom: 0 } : { retireFrom: since, notAfter: since + graceMs }
}

function secretsOf(
  { SecretString: text, SecretBinary: bytes }: SecretVersion,
  field: SecretField | undefined,
  form: SecretOptions,
): readonly SlotSecret[] {
  if (field !== undefined) return secretsIn(parseValues(text ?? ''), field, form)
  if (text !== undefined) return [{ secret: secret(requireNoObject(text), form) }]
  return [{ secret: secret(encode(bytes ?? new Uint8Array(), 'base64'), { ...form, encoding: 'base64' }) }]
}

/** As the console makes it, with the secret in one of its fields. Taken as a whole, it would match no delivery, and say nothing. */
function requireNoObject(text: string): string {
  if (!isJsonObject(text)) return text
  throw new Error("its value is a JSON object: name the field with the secret, { field: '...' }")
}

function isJsonObject(text: string): boolean {
  try {
    return JSON.parse(text) instanceof Object
  } catch {
    return false
  }
}
