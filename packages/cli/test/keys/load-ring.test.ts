import { keyring, memoryKeyrings, plaintextAtRest } from '@countersign/core'
import { expect, it } from 'vitest'
import { loadRing, loadRings } from '../../src/keys/load-ring.js'

const store = plaintextAtRest(memoryKeyrings())
const ring = keyring([{ id: 'key-1', secret: 'fake-secret-1' }])

it('loads all rings by name, without what has gone since it was listed', async () => {
  await store.save('beta', ring, undefined)
  await store.save('alpha', ring, undefined)
  const listing = { ...store, list: async () => ['beta', 'gone', 'no name', 'alpha'] }
  expect((await loadRings(listing)).map(({ name, version }) => [name, version])).toEqual([
    ['alpha', '1'],
    ['beta', '1'],
  ])
})

it('says which rings there are where one is missing', async () => {
  await expect(loadRing(store, 'bta')).rejects.toMatchObject({
    code: 'keyring-missing',
    message: expect.stringContaining("the store has no keyring 'bta'; it has alpha, beta"),
  })
})
