import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CountersignError, createVerifier, type Keyring, type KeyState, reveal } from '../../src/index.js'
import { type VaultKv2Options, vaultKv2 } from '../../src/sources.js'
import { plainVendor, slottedVendor } from '../vendors.js'
import { signedWith } from './deliveries.js'
import { json, startVault, type VaultStandIn, type VaultVersionOfTests } from './vault-stand-in.js'

const HOUR_MS = 3_600_000
const DATA = '/v1/secret/data/webhooks/acme'
const METADATA = '/v1/secret/metadata/webhooks/acme'
/** As Vault writes them. */
const DAYS = [1, 2, 3, 4].map((day) => `2026-01-0${day}T00:00:00.123456789Z`) as [string, string, string, string]
const START = Date.parse('2026-01-01T00:00:00.123Z')
const DAY_MS = 24 * HOUR_MS

let vault: VaultStandIn
/** The monotonic clock of the cache. */
let clock: number

beforeEach(async () => {
  clock = 0
  vault = await startVault()
})

afterEach(() => vault.close())

function version(number: number, more: Partial<VaultVersionOfTests> = {}): VaultVersionOfTests {
  return { data: { secret: `the-secret-of-version-${number}` }, created: DAYS[number - 1] ?? '', ...more }
}

/** Versions from 1 on; the last one is the current one. */
function hold(...versions: readonly VaultVersionOfTests[]): void {
  vault.versions = Object.fromEntries(versions.map((one, index) => [index + 1, one]))
  vault.current = versions.length
}

function source(options: Partial<VaultKv2Options> = {}) {
  const given = { address: vault.url, token: vault.token, path: 'webhooks/acme', field: 'secret', now: () => clock }
  return vaultKv2({ ...given, ...options })
}

async function ringOf(options: Partial<VaultKv2Options> = {}): Promise<Keyring> {
  return (await source(options)({ provider: 'acme', refresh: false })) as Keyring
}

async function failureOf(pending: Promise<unknown>): Promise<CountersignError> {
  const error: unknown = await pending.catch((thrown) => thrown)
  if (!(error instanceof CountersignError)) throw new Error(`no CountersignError: ${String(error)}`)
  return error
}

describe('vaultKv2', () => {
  it('follows a rotation without a restart', async () => {
    let time = START + 1
    const verifier = createVerifier(plainVendor(), { keys: source(), now: () => time })
    const expectKey = async (number: number, keyState: KeyState) =>
      expect(await verifier.verify(signedWith(`the-secret-of-version-${number}`))).toMatchObject({
        ok: true,
        keyId: `version-${number}`,
        keyState,
      })

    hold(version(1))
    await expectKey(1, 'active')
    hold(version(1), version(2))
    time = START + DAY_MS + 1
    clock += 1000
    // Nothing else matches, so it is looked for.
    await expectKey(2, 'active')
    await expectKey(1, 'retiring')
    time = START + 2 * DAY_MS
    expect(await verifier.verify(signedWith('the-secret-of-version-1'))).toMatchObject({ reason: 'key-expired' })
    await expectKey(2, 'active')
  })

  it('looks for a newer version each second, however many forgeries come', async () => {
    const verifier = createVerifier(plainVendor(), { keys: source(), now: () => START })
    hold(version(1))
    for (let forgery = 0; forgery < 20; forgery++) {
      clock += 100
      expect(await verifier.verify(signedWith('a-forger'))).toMatchObject({ ok: false })
    }
    expect(vault.asked.filter((place) => place === METADATA)).toHaveLength(2)
    hold(version(1), version(2))
    clock += 1000
    expect(await verifier.verify(signedWith('the-secret-of-version-2'))).toMatchObject({ ok: true })
  })

  it('gives each version the dates of its own time', async () => {
    hold(version(1), version(2), version(3))
    expect((await ringOf({ graceMs: HOUR_MS })).keys).toMatchObject([
      { id: 'version-3', activeFrom: START + 2 * DAY_MS },
      { id: 'version-2', retireFrom: START + 2 * DAY_MS, notAfter: START + 2 * DAY_MS + HOUR_MS },
      { id: 'version-1', retireFrom: START + DAY_MS, notAfter: START + DAY_MS + HOUR_MS },
    ])
  })

  it('leaves out what is deleted or destroyed, and not what will be deleted', async () => {
    hold(
      version(1, { deleted: '2999-01-01T00:00:00.5Z' }),
      version(2, { destroyed: true }),
      version(3, { deleted: '2026-01-05T00:00:00.5Z' }),
      version(4, { deleted: '2999-01-01T00:00:00.5Z' }),
    )
    const { keys } = await ringOf()
    expect(keys).toMatchObject([{ id: 'version-4' }, { id: 'version-1', retireFrom: START + DAY_MS }])
    expect(vault.asked).toEqual([METADATA, `${DATA}?version=4`, `${DATA}?version=1`])
  })

  it('leaves out an older version that is deleted before it could be read', async () => {
    hold(version(1), version(2))
    vault.faults = { [`${DATA}?version=1`]: json(404, { data: { data: null, metadata: { version: 1 } } }) }
    expect((await ringOf()).keys.map(({ id }) => id)).toEqual(['version-2'])
  })

  it('asks for the values of new versions only, and gives the same ring while they are the same', async () => {
    hold(version(1))
    const keys = source()
    const first = await keys({ provider: 'acme', refresh: false })
    clock += 2000
    expect(await keys({ provider: 'acme', refresh: true })).toBe(first)
    expect(vault.asked).toEqual([METADATA, `${DATA}?version=1`, METADATA])
    hold(version(1), version(2))
    clock += 2000
    const second = (await keys({ provider: 'acme', refresh: true })) as Keyring
    expect(second.keys.map(({ id }) => id)).toEqual(['version-2', 'version-1'])
    expect(vault.asked.slice(3)).toEqual([METADATA, `${DATA}?version=2`])
  })

  it('reads anew what has the same number, and was removed and made again', async () => {
    hold(version(1))
    const keys = source()
    await keys({ provider: 'acme', refresh: false })
    hold(version(1, { created: DAYS[1], data: { secret: 'the-secret-that-was-made-again' } }))
    clock += 2000
    const ring = (await keys({ provider: 'acme', refresh: true })) as Keyring
    expect(ring.keys.map(({ secret }) => reveal(secret))).toEqual(['the-secret-that-was-made-again'])
  })

  it('takes the newest sixteen of more', async () => {
    hold(...Array.from({ length: 20 }, (_, index) => version(index + 1, { created: DAYS[0] })))
    const newest = Array.from({ length: 16 }, (_, index) => `version-${20 - index}`)
    expect((await ringOf()).keys.map(({ id }) => id)).toEqual(newest)
    // The others are not even read.
    expect(vault.asked).toHaveLength(17)
    const inSlots = await ringOf({ field: { primary: 'secret', secondary: 'secret' } })
    const ids = newest.slice(0, 8).flatMap((id) => [`${id}-primary`, `${id}-secondary`])
    expect(inSlots.keys.map(({ id }) => id)).toEqual(ids)
  })

  it('takes one secret for each slot', async () => {
    hold(version(1, { data: { first: 'the-secret-of-the-first', second: 'the-secret-of-the-second' } }))
    const keys = source({ field: { primary: 'first', secondary: 'second' } })
    expect(((await keys({ provider: 'acme', refresh: false })) as Keyring).keys).toMatchObject([
      { id: 'version-1-primary', slot: 'primary' },
      { id: 'version-1-secondary', slot: 'secondary' },
    ])
    createVerifier(slottedVendor(), { keys })
  })

  it('reads the text as it is encoded', async () => {
    hold(version(1, { data: { secret: '00ff00ff00ff00ff' } }))
    const verifier = createVerifier(plainVendor(), { keys: source({ encoding: 'hex' }) })
    expect(await verifier.verify(signedWith(Buffer.from('00ff00ff00ff00ff', 'hex')))).toMatchObject({ ok: true })
  })

  it('asks for a new token each time, in its namespace', async () => {
    hold(version(1))
    vault.namespace = 'team/payments'
    const tokens = ['hvs.first', 'hvs.second']
    vault.token = 'hvs.first'
    const keys = source({ namespace: 'team/payments', token: async () => tokens.shift() ?? vault.token })
    // The second question has the second token already.
    expect((await failureOf(keys({ provider: 'acme', refresh: false }))).message).toContain(`403 at ${DATA}?version=1`)
    vault.token = 'hvs.third'
    clock += 1000
    expect(await keys({ provider: 'acme', refresh: false })).toMatchObject({ keys: [{ id: 'version-1' }] })
    expect(vault.headers).toMatchObject({ 'x-vault-request': 'true', 'x-vault-namespace': 'team/payments' })
  })

  it('finds odd mounts and paths, behind a proxy’s path', async () => {
    const asked: string[] = []
    const fetch = async (url: string) => {
      asked.push(url)
      return { status: 404, text: async () => '' }
    }
    await failureOf(ringOf({ fetch, address: 'https://vault.test/proxy//', mount: 'kv/v2', path: 'a b/ü?#/..%2f' }))
    expect(asked).toEqual(['https://vault.test/proxy/v1/kv/v2/metadata/a%20b/%C3%BC%3F%23/..%252f'])
  })
})

describe('vaultKv2 rejects with key-source-failed', () => {
  /** Neither the token nor any of the answer is in the error, however deep. */
  async function expectFailure(
    met: string | RegExp,
    options: Partial<VaultKv2Options> = {},
  ): Promise<CountersignError> {
    const error = await failureOf(source(options)({ provider: 'acme', refresh: false }))
    expect(error.code).toBe('key-source-failed')
    const texts: string[] = []
    for (let one: unknown = error; one instanceof Error; one = one.cause) {
      texts.push(one.message, one.stack ?? '', JSON.stringify(one))
    }
    expect(texts.join('\n')).toMatch(met)
    expect(texts.join('\n')).not.toMatch(/hvs\.|secret-value/)
    return error
  }

  it('where the token may not read', async () => {
    hold(version(1))
    await expectFailure(`Vault: 403 at ${METADATA}`, { token: 'hvs.wrong' })
    vault.faults = { [DATA]: json(403, { errors: ['permission denied'] }) }
    await expectFailure(`Vault: 403 at ${DATA}`)
    vault.namespace = 'another'
    await expectFailure(`Vault: 403 at ${METADATA}`)
  })

  it('where there is no such secret', async () => {
    await expectFailure(`Vault: 404 at ${METADATA}`)
    await expectFailure('Vault: 404 at /v1/kv/metadata/webhooks/acme', { mount: 'kv' })
  })

  it.each([429, 473, 500, 503])('where Vault answers %i', async (status) => {
    vault.faults = { [METADATA]: json(status, { errors: ['secret-value'] }) }
    await expectFailure(`Vault: ${status} at ${METADATA}`)
  })

  it('where nobody answers, or not in time', async () => {
    await expectFailure(/Vault 'secret\/webhooks\/acme'.*\n(.*\n)*late/, {
      fetch: () => Promise.reject(new Error('late')),
    })
    await vault.close()
    const error = await expectFailure("Vault 'secret/webhooks/acme'")
    expect((error.cause as Error).cause).toMatchObject({ code: 'ECONNREFUSED' })
  })

  it('where the current version is deleted or destroyed', async () => {
    hold(version(1), version(2, { deleted: '2026-01-05T00:00:00.5Z' }))
    await expectFailure('version 2, the current one, is deleted')
    hold(version(1), version(2, { destroyed: true }))
    await expectFailure('version 2, the current one, is deleted')
    hold(version(1), version(2))
    vault.faults = { [`${DATA}?version=2`]: json(404, { errors: [] }) }
    await expectFailure('version 2, the current one, cannot be read')
  })

  it('for what is no answer of Vault', async () => {
    hold(version(1))
    const times = { created_time: 'secret-value', deletion_time: '', destroyed: false }
    for (const [answer, met] of [
      [{ status: 200, body: '<html>secret-value' }, 'it is not JSON'],
      [json(200, null), 'there is no current version'],
      [json(200, { data: { current_version: 0, versions: {} } }), 'there is no current version'],
      [json(200, { data: { current_version: 2, versions: { 1: times } } }), 'there is no current version'],
      [json(200, { data: { current_version: '1', versions: { 1: times } } }), 'there is no current version'],
      [json(200, { data: { current_version: 1, versions: { 1: times } } }), 'a version has a time that is none'],
    ] as const) {
      vault.faults = { [METADATA]: answer }
      await expectFailure(met)
    }
  })

  it('for a value that holds no secret, and shows nothing of it', async () => {
    for (const [secret, options, cause] of [
      [17, {}, "there is no text in its field 'secret'"],
      ['secret-value', { field: 'other' }, "there is no text in its field 'other'"],
      ['secret-value', { field: 'constructor' }, "there is no text in its field 'constructor'"],
      ['secret-value', { field: { primary: 'secret', secondary: 'none' } }, "there is no text in its field 'none'"],
      ['secret-value\n', {}, 'secret-malformed'],
      ['secret-value', { encoding: 'base64' }, 'secret-malformed'],
    ] as const) {
      hold(version(1, { data: { secret } }))
      await expectFailure(cause, options)
    }
  })

  it.each([
    ['hvs.with-line-break\n', 'the token must be printable ASCII'],
    ['hvs.ünicode', 'the token must be printable ASCII'],
    [17, 'the token must be printable ASCII'],
    ['', 'the token is not set'],
    [undefined, 'the token is not set'],
  ])('for the token %j, which no header can have', async (token, problem) => {
    expect(() => source({ token: token as string })).toThrow(problem)
    await expectFailure(problem, { token: () => token as string })
    expect(vault.asked).toEqual([])
  })
})

it('vaultKv2 takes its token nowhere else', async () => {
  const other = await startVault()
  const location = `${other.url}/v1/secret/metadata/webhooks/acme`
  vault.faults = { '/v1/secret/metadata/webhooks/acme': { status: 307, headers: { location }, body: '' } }
  const error = await failureOf(source({})({ provider: 'acme', refresh: false }))
  expect(error.message).toContain('Vault: 307 at')
  expect(other.asked).toEqual([])
  await other.close()
})

it('vaultKv2 gives up a question that takes too long', async () => {
  let signal: AbortSignal | undefined
  const fetch: VaultKv2Options['fetch'] = (_, init) => {
    signal = init.signal
    return new Promise((_resolve, reject) => {
      init.signal.addEventListener('abort', () => reject(init.signal.reason))
    })
  }
  const error = await failureOf(source({ fetch, timeoutMs: 20 })({ provider: 'acme', refresh: false }))
  expect(['key-source-failed', 'store-failed']).toContain(error.code)
  await expect.poll(() => signal?.aborted).toBe(true)
})

it.each([
  { address: 'vault.example.com' },
  { address: 'ftp://vault.example.com' },
  { address: 'https://user:secret-value@vault.example.com' },
  { address: 'https://vault.example.com/?token=secret-value' },
  { graceMs: -1 },
  { refreshMs: Number.NaN },
  { ttl: 1 },
  { path: '/webhooks/autify' },
  { path: 'webhooks/' },
  { path: '' },
  { field: undefined as never },
])('vaultKv2 refuses the options %j, and shows nothing of them', (options) => {
  expect(() => source(options)).toThrow('option-invalid')
  expect(() => source(options)).not.toThrow('secret-value')
})
