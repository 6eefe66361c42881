import {
  CountersignError,
  type Keyring,
  type KeyringStore,
  keyring,
  memoryKeyrings,
  plaintextAtRest,
  prune,
  revoke,
  secret,
  stage,
} from '@countersign/core'
import { beforeEach, describe, expect, it } from 'vitest'
import { changeRing } from '../../src/keys/change-ring.js'
import { ringProvider } from '../../src/keys/ring-provider.js'
import { rotation } from '../../src/keys/rotation.js'

const NOW = Date.UTC(2026, 5, 15)
const DAY = 24 * 3_600_000

let store: KeyringStore

beforeEach(async () => {
  store = plaintextAtRest(memoryKeyrings())
  const old = { id: 'gone', secret: 'fake-secret-gone', notAfter: NOW - DAY }
  await store.save('autify', keyring([{ id: 'key-1', secret: 'fake-secret-1' }, old]), undefined)
})

/** The store, with another operator who is faster each of the first times. */
function overtaken(times: number, change: (ring: Keyring) => Keyring): KeyringStore {
  let left = times
  return {
    ...store,
    async save(name, ring, version) {
      const loaded = await store.load(name)
      if (loaded !== undefined && left-- > 0) await store.save(name, change(loaded.ring), loaded.version)
      return store.save(name, ring, version)
    },
  }
}

const provider = ringProvider({}, 'autify')
if (provider === undefined) throw new Error('autify is a provider')
const rotate = () => rotation({ secret: secret('fake-secret-2') }, provider, NOW)

const idsOf = async () => (await store.load('autify'))?.ring.keys.map(({ id }) => id)

describe('an operator who was overtaken', () => {
  it('rotates what is still as it was: another has only tidied up', async () => {
    const { after } = await changeRing(
      overtaken(1, (ring) => prune(ring, NOW)),
      'autify',
      rotate(),
    )
    expect(after.keys.map(({ id }) => id)).toEqual(['key-1', 'key-2'])
    expect(after.tombstones).toEqual(['gone'])
  })

  it.each<[string, (ring: Keyring) => Keyring]>([
    ['has rotated', (ring) => rotation({ secret: secret('fake-secret-3') }, provider, NOW).apply(ring)],
    ['has staged a key', (ring) => stage(ring, { id: 'other', secret: 'fake-secret-3' })],
    ['has revoked the active key', (ring) => revoke(ring, 'key-1', { now: NOW })],
  ])('does not rotate when another %s', async (_, change) => {
    await expect(changeRing(overtaken(1, change), 'autify', rotate())).rejects.toMatchObject({
      code: 'version-conflict',
      message: expect.stringContaining('nothing was done here'),
    })
    expect(await idsOf()).not.toContain('key-3')
    expect((await store.load('autify'))?.version).toBe('2')
  })

  it('revokes in any case', async () => {
    const faster = overtaken(3, (ring) =>
      stage(ring, { id: `other-${ring.keys.length}`, secret: `fake-secret-${ring.keys.length}` }),
    )
    const { after } = await changeRing(faster, 'autify', { apply: (ring) => revoke(ring, 'key-1', { now: NOW }) })
    expect(after.describe(NOW).find(({ id }) => id === 'key-1')?.state).toBe('revoked')
    expect(after.keys).toHaveLength(5)
  })

  it('gives up at some time', async () => {
    let number = 0
    const faster = overtaken(Number.POSITIVE_INFINITY, (ring) => {
      number += 1
      return prune(stage(ring, { id: `other-${number}`, secret: `fake-secret-${number + 10}`, notAfter: NOW }), NOW)
    })
    const revocation = { apply: (ring: Keyring) => revoke(ring, 'key-1', { now: NOW }) }
    await expect(changeRing(faster, 'autify', revocation)).rejects.toMatchObject({ code: 'version-conflict' })
  })
})

describe('a save whose answer was lost', () => {
  it('is not repeated, and the message says where to look', async () => {
    let saves = 0
    const failing: KeyringStore = {
      ...store,
      async save(name, ring, version) {
        saves += 1
        await store.save(name, ring, version)
        throw new CountersignError('store-failed', 'write autify')
      },
    }
    await expect(changeRing(failing, 'autify', rotate())).rejects.toMatchObject({
      code: 'store-failed',
      message: expect.stringContaining('countersign keys list autify'),
    })
    expect(saves).toBe(1)
  })
})
