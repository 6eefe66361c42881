import { plaintextAtRest } from '@countersign/core'
import type { PostgresServer } from '@countersign/servers'
import { type KeyringStoreUnderTest, keyringStoreSuite } from '@countersign/testkit'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { migrate, type PostgresClient, postgresKeyrings } from '../../src/index.js'
import { openPglite, REMOTE_CLIENTS } from '../clients.js'
import { startMigrated } from '../migrated-server.js'
import { storeUnderTest } from '../store-under-test.js'

let server: PostgresServer

beforeAll(async () => {
  server = await startMigrated()
})
afterAll(() => server.stop())

function storeOf(client: PostgresClient) {
  return plaintextAtRest(postgresKeyrings(client))
}

describe.each(REMOTE_CLIENTS)('postgresKeyrings with $kind keeps the contract', ({ open }) => {
  const start = () => storeUnderTest(server, open, storeOf)
  it.concurrent.each(keyringStoreSuite(start))('$name', (suiteCase) => suiteCase.run())
})

describe('postgresKeyrings with PGlite keeps the contract', () => {
  const pglite = openPglite()
  beforeAll(() => migrate(pglite.client))
  afterAll(() => pglite.close())

  const start = async (): Promise<KeyringStoreUnderTest> => ({
    store: storeOf(pglite.client),
    another: async () => storeOf(pglite.client),
  })
  it.concurrent.each(keyringStoreSuite(start))('$name', (suiteCase) => suiteCase.run())
})
