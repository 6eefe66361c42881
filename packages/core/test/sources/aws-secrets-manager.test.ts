import { SecretsManager } from '@aws-sdk/client-secrets-manager'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { CountersignError, createVerifier, type Keyring, type KeyState, reveal } from '../../src/index.js'
import { type AwsSecretsManagerOptions, awsSecretsManager } from '../../src/sources.js'
import { plainVendor, slottedVendor } from '../vendors.js'
import { type AwsStandIn, awsError, startAws } from './aws-stand-in.js'
import { signedWith } from './deliveries.js'

const HOUR_MS = 3_600_000
const START = 1_767_225_600_000

const FIRST = { id: '11111111-1111-4111-8111-111111111111', created: START, text: 'the-first-secret' }
const SECOND = { id: '22222222-2222-4222-8222-222222222222', created: START + HOUR_MS, text: 'the-second-secret' }

let aws: AwsStandIn
let client: SecretsManager
/** The monotonic clock of the cache. */
let clock: number

beforeEach(async () => {
  clock = 0
  // Of the SDK, about the version of Node.
  vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true')
  aws = await startAws()
  const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'an-example-of-a-key' }
  client = new SecretsManager({ region: 'eu-central-1', endpoint: aws.url, credentials, maxAttempts: 1 })
})

afterEach(async () => {
  client.destroy()
  vi.unstubAllEnvs()
  await aws.close()
})

function source(options: AwsSecretsManagerOptions = {}, secretId = 'webhooks/acme') {
  return awsSecretsManager(client, secretId, { now: () => clock, ...options })
}

async function ringOf(options: AwsSecretsManagerOptions = {}): Promise<Keyring> {
  return (await source(options)({ provider: 'acme', refresh: false })) as Keyring
}

async function failureOf(pending: Promise<unknown>): Promise<CountersignError> {
  const error: unknown = await pending.catch((thrown) => thrown)
  if (!(error instanceof CountersignError)) throw new Error(`no CountersignError: ${String(error)}`)
  return error
}

describe('awsSecretsManager', () => {
  it('follows a rotation without a restart', async () => {
    let time = START + 1
    const verifier = createVerifier(plainVendor(), { keys: source(), now: () => time })
    const expectKey = async (secret: string, keyId: string, keyState: KeyState) =>
      expect(await verifier.verify(signedWith(secret))).toMatchObject({ ok: true, keyId, keyState })

    aws.stages = { AWSCURRENT: FIRST }
    await expectKey(FIRST.text, FIRST.id, 'active')
    // A rotation function has made a new version. Nothing else matches, so it is looked for.
    aws.stages = { AWSCURRENT: FIRST, AWSPENDING: SECOND }
    clock += 1000
    time = SECOND.created + 1
    await expectKey(SECOND.text, SECOND.id, 'staged')
    await expectKey(FIRST.text, FIRST.id, 'active')
    // It has promoted it, and left the stage where it was.
    aws.stages = { AWSCURRENT: SECOND, AWSPREVIOUS: FIRST, AWSPENDING: SECOND }
    clock += 30_000
    await verifier.verify(signedWith(SECOND.text))
    await expect.poll(() => verifier.verify(signedWith(SECOND.text))).toMatchObject({ keyState: 'active' })
    await expectKey(FIRST.text, FIRST.id, 'retiring')
    time = SECOND.created + 24 * HOUR_MS
    expect(await verifier.verify(signedWith(FIRST.text))).toMatchObject({ ok: false, reason: 'key-expired' })
    await expectKey(SECOND.text, SECOND.id, 'active')
  })

  it('gives the stages the dates of their rotation', async () => {
    aws.stages = { AWSCURRENT: SECOND, AWSPREVIOUS: FIRST }
    const { keys } = await ringOf({ graceMs: HOUR_MS })
    expect(keys).toMatchObject([
      { id: SECOND.id, activeFrom: SECOND.created },
      { id: FIRST.id, retireFrom: SECOND.created, notAfter: SECOND.created + HOUR_MS },
    ])
  })

  it('after a rollback lets the previous version verify for as long as it is that', async () => {
    aws.stages = { AWSCURRENT: FIRST, AWSPREVIOUS: SECOND, AWSPENDING: SECOND }
    const ring = await ringOf()
    expect(ring.describe(START + 10_000 * HOUR_MS)).toEqual([
      { id: FIRST.id, state: 'active' },
      { id: SECOND.id, state: 'retiring' },
    ])
  })

  it('loses no version to a rotation between its questions', async () => {
    for (const stage of ['AWSPENDING', 'AWSCURRENT', 'AWSPREVIOUS']) {
      aws.stages = { AWSCURRENT: FIRST, AWSPENDING: SECOND }
      aws.before = (asked) => {
        if (asked === stage) aws.stages = { AWSCURRENT: SECOND, AWSPREVIOUS: FIRST }
      }
      const ids = (await ringOf()).keys.map(({ id }) => id)
      expect(ids.sort()).toEqual([FIRST.id, SECOND.id])
    }
  })

  it('gives the same ring while the versions are the same', async () => {
    aws.stages = { AWSCURRENT: FIRST }
    const keys = source()
    const first = await keys({ provider: 'acme', refresh: false })
    clock += 2000
    expect(await keys({ provider: 'acme', refresh: true })).toBe(first)
    expect(aws.asked).toHaveLength(6)
    aws.stages = { AWSCURRENT: FIRST, AWSPENDING: SECOND }
    clock += 2000
    expect(await keys({ provider: 'acme', refresh: true })).not.toBe(first)
  })

  it.each([
    ['utf8', 'the-first-secret', Buffer.from('the-first-secret')],
    ['hex', '00ff00ff00ff00ff', Buffer.from('00ff00ff00ff00ff', 'hex')],
    ['base64', 'AAAAAAAAAAAAAAAA', Buffer.alloc(12)],
    ['whsec', 'whsec_AAAAAAAAAAAAAAAA', Buffer.alloc(12)],
  ] as const)('reads a text as %s', async (encoding, text, key) => {
    aws.stages = { AWSCURRENT: { ...FIRST, text } }
    const verifier = createVerifier(plainVendor(), { keys: source({ encoding }) })
    expect(await verifier.verify(signedWith(key))).toMatchObject({ ok: true, keyId: FIRST.id })
  })

  it('reads bytes', async () => {
    const bytes = Uint8Array.from({ length: 32 }, (_, index) => index * 8)
    aws.stages = { AWSCURRENT: { id: FIRST.id, created: START, bytes } }
    const verifier = createVerifier(plainVendor(), { keys: source() })
    expect(await verifier.verify(signedWith(bytes))).toMatchObject({ ok: true })
  })

  it('takes the secret out of a field, or one for each slot', async () => {
    const text = JSON.stringify({ user: 'acme', first: 'the-secret-of-the-first', second: 'the-secret-of-the-second' })
    aws.stages = { AWSCURRENT: { ...FIRST, text } }
    expect((await ringOf({ field: 'second' })).keys.map(({ secret }) => reveal(secret))).toEqual([
      'the-secret-of-the-second',
    ])
    const keys = source({ field: { primary: 'first', secondary: 'second' } })
    const ring = (await keys({ provider: 'acme', refresh: false })) as Keyring
    expect(ring.keys).toMatchObject([
      { id: `${FIRST.id}-primary`, slot: 'primary' },
      { id: `${FIRST.id}-secondary`, slot: 'secondary' },
    ])
    // It compiles, and the vendor takes them.
    createVerifier(slottedVendor(), { keys })
  })
})

describe('awsSecretsManager rejects with key-source-failed', () => {
  async function expectFailure(options: AwsSecretsManagerOptions, cause: object, secretId?: string): Promise<void> {
    const error = await failureOf(source(options, secretId)({ provider: 'acme', refresh: false }))
    expect(error.code).toBe('key-source-failed')
    expect(error.message).toContain(`AWS secret '${secretId ?? 'webhooks/acme'}'`)
    expect(error.cause).toMatchObject(cause)
    expect(`${error.message} ${error.stack} ${error.cause} ${JSON.stringify(error.cause)}`).not.toContain(
      'secret-value',
    )
  }

  it('without AWSCURRENT, or without the secret', async () => {
    await expectFailure({}, { name: 'ResourceNotFoundException' })
    aws.stages = { AWSPENDING: SECOND, AWSPREVIOUS: FIRST }
    await expectFailure({}, { name: 'ResourceNotFoundException' })
    await expectFailure({}, { name: 'ResourceNotFoundException' }, 'webhooks/other')
  })

  it('for a stage that may not be read: that is not the same as none', async () => {
    aws.stages = { AWSCURRENT: FIRST }
    for (const stage of ['AWSCURRENT', 'AWSPREVIOUS', 'AWSPENDING']) {
      aws.faults = { [stage]: awsError('AccessDeniedException', 'not authorized to perform') }
      await expectFailure({}, { name: 'AccessDeniedException' })
    }
    aws.faults = { AWSPREVIOUS: awsError('InternalServiceError', 'An error occurred on the server side.', 500) }
    await expectFailure({}, { name: 'InternalServiceError' })
  })

  it('where nobody answers', async () => {
    await aws.close()
    await expectFailure({}, { code: 'ECONNREFUSED' })
  })

  it('for a value that holds no secret, and shows nothing of it', async () => {
    const json = JSON.stringify({ one: 'secret-value', two: 17 })
    for (const [text, options, cause] of [
      [' secret-value', {}, { code: 'secret-malformed' }],
      ['secret-value', { encoding: 'hex' }, { code: 'secret-malformed' }],
      ['secret-value', { minBytes: 16 }, { code: 'secret-too-short' }],
      ['secret-value', { field: 'one' }, { message: 'it is not JSON' }],
      ['null', { field: 'one' }, { message: "there is no text in its field 'one'" }],
      // It would match no delivery, and nothing would say why.
      [json, {}, { message: "its value is a JSON object: name the field with the secret, { field: '...' }" }],
      [json, { field: 'two' }, { message: "there is no text in its field 'two'" }],
      [json, { field: { primary: 'one', secondary: 'three' } }, { message: "there is no text in its field 'three'" }],
    ] as const) {
      aws.stages = { AWSCURRENT: { ...FIRST, text } }
      await expectFailure(options, cause)
    }
    aws.stages = { AWSCURRENT: { id: FIRST.id, created: START, bytes: Buffer.from('secret-value') } }
    await expectFailure({ field: 'one' }, { message: 'it is not JSON' })
  })

  it('and a verifier with it rejects, while what it knows is used for as long as it may be', async () => {
    aws.stages = { AWSCURRENT: FIRST }
    const verifier = createVerifier(plainVendor(), { keys: source({ maxStaleMs: 60_000 }) })
    expect(await verifier.verify(signedWith(FIRST.text))).toMatchObject({ ok: true })
    aws.faults = { AWSCURRENT: awsError('ThrottlingException', 'Rate exceeded') }
    clock = 59_999
    expect(await verifier.verify(signedWith(FIRST.text))).toMatchObject({ ok: true })
    expect((await failureOf(verifier.verify(signedWith(SECOND.text)))).code).toBe('key-source-failed')
    clock = 61_000
    expect((await failureOf(verifier.verify(signedWith(FIRST.text)))).code).toBe('keyring-stale')
    aws.faults = {}
    clock = 62_000
    expect(await verifier.verify(signedWith(FIRST.text))).toMatchObject({ ok: true })
  })
})

it.each([
  ['no client', undefined, 'webhooks/acme'],
  ['the client that takes commands', { send: async () => ({}) }, 'webhooks/acme'],
  ['no secret', { getSecretValue: async () => ({}) }, undefined],
])('awsSecretsManager refuses %s at once', (_, client, secretId) => {
  expect(() => awsSecretsManager(client as never, secretId as never)).toThrow(
    'awsSecretsManager takes new SecretsManager()',
  )
})

it.each([{ graceMs: -1 }, { graceMs: Number.NaN }, { refreshMs: -1 }, { graceMS: 1 }])(
  'awsSecretsManager refuses the options %j',
  (options) => {
    expect(() => source(options as AwsSecretsManagerOptions)).toThrow('option-invalid')
  },
)
