import { createVerifier } from '@countersign/core'
import { describe, expect, it } from 'vitest'
import { memoryStore } from '../src/index.js'
import { receiverWith } from './receiver-under-test.js'
import {
  acme,
  delivery,
  NOW,
  plain,
  plainDelivery,
  posted,
  ringWith,
  SECRET,
  tokenVendor,
  verifierOf,
} from './vendor.js'

/** The key under which a receiver handles a delivery. */
async function keyOf(request = delivery(), options: Parameters<typeof receiverWith>[0] = {}, verifier = verifierOf()) {
  const { receiver, handle } = receiverWith(options, verifier)
  await receiver(request)
  return handle.mock.lastCall?.[1].idempotencyKey
}

const plainVerifier = createVerifier(plain, { keys: SECRET })

describe('the idempotency key', () => {
  it('is a SHA-256 in hex', async () => {
    expect(await keyOf()).toMatch(/^[0-9a-f]{64}$/)
  })

  it('is, for a body, what openssl says of the length-prefixed parts', async () => {
    // printf '\0\0\0\0\0\0\0\5plain\377\377\377\377\377\377\377\377\0\0\0\7{"n":1}' | openssl dgst -sha256
    expect(await keyOf(plainDelivery(), {}, plainVerifier)).toBe(
      '127aea3faa57dccc27fc4775a7cc6c31d431dffbeb447f1e8b2a81791cef4ed5',
    )
  })

  it('is, for an id, what openssl says of the length-prefixed parts', async () => {
    // printf '\0\0\0\5hooks\0\0\0\4acme\0\0\0\3two\0\0\0\5evt_1\377\377\377\377' | openssl dgst -sha256
    expect(await keyOf(delivery(), { endpoint: 'hooks', tenant: () => 'two' })).toBe(
      '57d67498543e73328b1bc9e684e1af8ac86fac512ba718e24e9e1c6ee21c576d',
    )
  })

  it.each([
    ['stamp and signature', delivery({ ageSeconds: 60 })],
    ['body, where the id is signed', delivery({ body: '{"n":2}' })],
    ['address', delivery({ url: 'http://elsewhere.example/?retry=1' })],
    ['headers', delivery({ headers: { 'x-delivery': 'another' } })],
  ])('is the same for another %s', async (_, request) => {
    expect(await keyOf(request)).toBe(await keyOf())
  })

  it('is the same whichever key was signed with', async () => {
    const verifier = verifierOf({ keys: ringWith({ retireFrom: NOW }) })
    const other = delivery({ secret: 'another-secret-for-tests' })
    expect(await keyOf(other, {}, verifier)).toBe(await keyOf(delivery(), {}, verifier))
  })

  it('is another for each id, provider, endpoint, tenant, and body where no id is signed', async () => {
    const keys = [
      await keyOf(),
      await keyOf(delivery({ id: 'evt_2' })),
      await keyOf(delivery(), {}, createVerifier({ ...acme, id: 'acme-eu' }, { keys: SECRET, now: () => NOW })),
      await keyOf(delivery(), { endpoint: 'invoices' }),
      await keyOf(delivery(), { tenant: () => 'invoices' }),
      await keyOf(delivery(), { tenant: () => '' }),
      await keyOf(plainDelivery(), {}, plainVerifier),
      await keyOf(plainDelivery({ body: '{"n":2}' }), {}, plainVerifier),
    ]
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('does not let one part run into the next', async () => {
    const keys = [
      await keyOf(delivery(), { endpoint: 'a', tenant: () => 'b' }),
      await keyOf(delivery(), { endpoint: 'ab', tenant: () => '' }),
      await keyOf(delivery(), { endpoint: '', tenant: () => 'ab' }),
    ]
    expect(new Set(keys).size).toBe(3)
  })

  it('is marked where nothing of the delivery is under a MAC', async () => {
    const verifier = createVerifier(tokenVendor, { keys: SECRET })
    const key = await keyOf(posted('{"n":1}', { 'x-acme-token': SECRET }), {}, verifier)
    expect(key).toMatch(/^unauthenticated:[0-9a-f]{64}$/)
  })

  it.each(['', undefined, 7])('of the user is not %o: nothing is handled', async (key) => {
    const { receiver, handle, onError } = receiverWith({ idempotencyKey: () => key as string })
    expect((await receiver(delivery())).status).toBe(503)
    expect(handle).not.toHaveBeenCalled()
    expect(onError).toHaveBeenCalledWith(expect.objectContaining({ code: 'option-invalid' }))
  })

  it('of the user is taken as it is', async () => {
    const claimed: string[] = []
    const memory = memoryStore()
    const idempotency: typeof memory = {
      ...memory,
      claim: (key, leaseMs) => {
        claimed.push(key)
        return memory.claim(key, leaseMs)
      },
    }
    const options = {
      idempotency,
      endpoint: 'hooks',
      tenant: () => 'two',
      idempotencyKey: (verdict: { event: unknown }, scope: { endpoint: string; tenant: string | undefined }) =>
        `${scope.endpoint}/${scope.tenant}/${(verdict.event as { n: number }).n}`,
    }
    expect(await keyOf(delivery(), options)).toBe('hooks/two/1')
    expect(claimed).toEqual(['hooks/two/1'])
  })
})
