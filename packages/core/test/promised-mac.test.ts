import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { engine } from '#mac'
import { createVerifier, keyring, sign } from '../src/index.js'
import type { PreparedKey } from '../src/mac.js'
import { engine as web } from '../src/mac.web.js'
import { plainVendor } from './vendors.js'

const [FIRST, SECOND, THIRD] = ['the-first-secret', 'the-second-secret', 'the-third-secret']
const BODY = '{"amount":12}'
const vendor = plainVendor()

describe('an engine that promises its MACs', () => {
  const { mac } = engine

  beforeEach(() => {
    vi.spyOn(engine, 'mac').mockImplementation(async (...args) => mac(...args))
  })

  afterEach(() => {
    vi.restoreAllMocks()
  })

  it.each([
    [FIRST, 'key-1', 1],
    [SECOND, 'key-2', 2],
    [THIRD, 'key-3', 3],
  ])('is asked for one key after the other, up to that of %s', async (secret, keyId, macs) => {
    const headers = await sign(vendor, secret, BODY)
    const verifier = createVerifier(vendor, { keys: [FIRST, SECOND, THIRD] })
    vi.mocked(engine.mac).mockClear()
    expect(await verifier.verify({ headers, body: BODY })).toMatchObject({ ok: true, keyId })
    expect(engine.mac).toHaveBeenCalledTimes(macs)
  })

  it('and for each once where none fits, the ended ones too', async () => {
    const keys = keyring([
      { id: 'good', secret: FIRST },
      { id: 'other', secret: SECOND },
      { id: 'gone', secret: THIRD, revokedAt: 0 },
    ])
    const verifier = createVerifier(vendor, { keys })
    for (const [secret, reason] of [
      ['nobody-knows-it', 'no-matching-key'],
      [THIRD, 'key-revoked'],
    ] as const) {
      const headers = await sign(vendor, secret, BODY)
      vi.mocked(engine.mac).mockClear()
      expect(await verifier.verify({ headers, body: BODY })).toMatchObject({ ok: false, reason })
      expect(engine.mac).toHaveBeenCalledTimes(3)
    }
  })
})

it('a key of WebCrypto cannot be read back', async () => {
  const importKey = vi.spyOn(crypto.subtle, 'importKey')
  const { key } = web.importKey('sha256', new TextEncoder().encode(FIRST)) as PreparedKey & { key: Promise<unknown> }
  expect(importKey).toHaveBeenCalledOnce()
  expect(await key).toMatchObject({ extractable: false, usages: ['sign'] })
  importKey.mockRestore()
})
