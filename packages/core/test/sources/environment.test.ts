import { afterEach, describe, expect, it, vi } from 'vitest'
import { createVerifier, type KeyState } from '../../src/index.js'
import { type EnvironmentOptions, environment } from '../../src/sources.js'
import { plainVendor } from '../vendors.js'
import { signedWith } from './deliveries.js'

afterEach(() => {
  vi.unstubAllEnvs()
})

function ringOf(env: Record<string, unknown>, options: EnvironmentOptions = {}) {
  return environment('ACME', { env, ...options })()
}

function statesOf(env: Record<string, unknown>) {
  return ringOf(env)
    .describe(0)
    .map(({ id, state }) => [id, state])
}

describe('environment', () => {
  it('follows a rotation without a restart', async () => {
    const verifier = createVerifier(plainVendor(), { keys: environment('ACME_TEST_SECRET') })
    const expectKey = async (secret: string, keyId: string, keyState: KeyState) =>
      expect(await verifier.verify(signedWith(secret))).toMatchObject({ ok: true, keyId, keyState })

    vi.stubEnv('ACME_TEST_SECRET', 'the-first-secret')
    await expectKey('the-first-secret', 'ACME_TEST_SECRET', 'active')
    expect(await verifier.verify(signedWith('the-second-secret'))).toMatchObject({ ok: false })
    vi.stubEnv('ACME_TEST_SECRET_NEXT', 'the-second-secret')
    await expectKey('the-second-secret', 'ACME_TEST_SECRET_NEXT', 'staged')
    vi.stubEnv('ACME_TEST_SECRET', 'the-second-secret')
    vi.stubEnv('ACME_TEST_SECRET_PREVIOUS', 'the-first-secret')
    // It still stands as the next one, too.
    await expectKey('the-second-secret', 'ACME_TEST_SECRET', 'active')
    await expectKey('the-first-secret', 'ACME_TEST_SECRET_PREVIOUS', 'retiring')
    vi.stubEnv('ACME_TEST_SECRET_NEXT', undefined)
    vi.stubEnv('ACME_TEST_SECRET_PREVIOUS', undefined)
    await expectKey('the-second-secret', 'ACME_TEST_SECRET', 'active')
    expect(await verifier.verify(signedWith('the-first-secret'))).toMatchObject({ ok: false })
  })

  it('takes several secrets of a variable, whatever white space is between them', () => {
    const env = { ACME: ' the-first-one\tthe-second-one \r\n\n', ACME_NEXT: 'the-third-one\n', ACME_PREVIOUS: '\n' }
    expect(statesOf(env)).toEqual([
      ['ACME-1', 'active'],
      ['ACME-2', 'active'],
      ['ACME_NEXT', 'staged'],
    ])
  })

  it('takes a secret once, where it stands first', () => {
    const env = { ACME: 'secret-a secret-b secret-a', ACME_NEXT: 'secret-b', ACME_PREVIOUS: 'secret-c secret-a' }
    expect(statesOf(env)).toEqual([
      ['ACME-1', 'active'],
      ['ACME-2', 'active'],
      ['ACME_PREVIOUS-1', 'retiring'],
    ])
  })

  it('gives the same ring while the variables are the same', () => {
    const env: Record<string, string> = { ACME: 'the-first-one' }
    const keys = environment('ACME', { env })
    const first = keys()
    expect(keys()).toBe(first)
    env.ACME_PREVIOUS = 'the-second-one'
    const second = keys()
    expect(second.keys).toHaveLength(2)
    expect(keys()).toBe(second)
  })

  it('reads the texts as they are encoded', async () => {
    const env = { ACME: '00ff00ff00ff00ff', ACME_NEXT: 'AA00' }
    const keys = environment('ACME', { env, encoding: 'hex', minBytes: 2 })
    const verifier = createVerifier(plainVendor(), { keys })
    expect(await verifier.verify(signedWith(Buffer.from('aa00', 'hex')))).toMatchObject({ keyId: 'ACME_NEXT' })
  })

  it.each([{}, { ACME: '' }, { ACME: ' \n' }, { ACME: 17 }, { ACME_NEXT: 'a-secret' }, { ACME_PREVIOUS: 'a-secret' }])(
    'throws no-keys of %j, and names the variable',
    async (env) => {
      expect(() => ringOf(env)).toThrow(expect.objectContaining({ code: 'no-keys' }))
      expect(() => ringOf(env)).toThrow('ACME')
      const verifier = createVerifier(plainVendor(), { keys: environment('ACME', { env }) })
      await expect(verifier.verify(signedWith('a-secret'))).rejects.toMatchObject({ code: 'no-keys' })
    },
  )

  it('throws what a secret throws, and shows nothing of it', () => {
    expect(() => ringOf({ ACME: 'short' })).toThrow('secret-too-short')
    expect(() => ringOf({ ACME: 'secret-value' }, { encoding: 'hex' })).toThrow('secret-malformed')
    expect(() => ringOf({ ACME: 'secret-value' }, { encoding: 'hex' })).not.toThrow('secret-value')
    const many = Array.from({ length: 17 }, (_, index) => `a-secret-${index}`).join('\n')
    expect(() => ringOf({ ACME: many })).toThrow('too-many-keys')
  })

  it.each(['', 'A B', 'Ä', 'X'.repeat(101), 'a-secret-given-instead', 'q7Wm2ZkT9xLc4VbN', undefined, 7])(
    'refuses the name %j, and shows nothing of it: it may be the value',
    (name) => {
      expect(() => environment(name as string)).toThrow('option-invalid')
      if (name) expect(() => environment(name as string)).not.toThrow(String(name))
    },
  )

  it('refuses an option that it does not have', () => {
    expect(() => environment('ACME', { graceMs: 1 } as never)).toThrow('graceMs is none of: env, encoding, minBytes')
  })
})
