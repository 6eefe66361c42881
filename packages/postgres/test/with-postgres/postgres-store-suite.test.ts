import type { PostgresServer } from '@countersign/servers'
import { storeSuite } from '@countersign/testkit'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { migrate, postgresStore } from '../../src/index.js'
import { openPglite, REMOTE_CLIENTS } from '../clients.js'
import { startMigrated } from '../migrated-server.js'
import { storeUnderTest } from '../store-under-test.js'

let server: PostgresServer

beforeAll(async () => {
  server = await startMigrated()
})
afterAll(() => server.stop())

describe.each(REMOTE_CLIENTS)('postgresStore with $kind keeps the contract', ({ open }) => {
  const start = () => storeUnderTest(server, open, postgresStore)
  it.concurrent.each(storeSuite(start))('$name', (suiteCase) => suiteCase.run())
})

describe('postgresStore with PGlite keeps the contract', () => {
  const pglite = openPglite()
  beforeAll(() => migrate(pglite.client))
  afterAll(() => pglite.close())

  // One process and one connection: there is no other client, and no outage.
  it.concurrent.each(storeSuite(async () => ({ store: postgresStore(pglite.client) })))('$name', (suiteCase) =>
    suiteCase.run(),
  )
})
