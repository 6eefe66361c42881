import { type PostgresServer, startPostgres } from '@countersign/servers'
import { type StoreUnderTest, storeSuite } from '@countersign/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrate, postgresStore } from '../../src/index.js'
import { openPglite, openPool, REMOTE_CLIENTS, run } from '../clients.js'
import { startRelay } from '../relay.js'

let server: PostgresServer

beforeAll(async () => {
  server = await startPostgres()
  const { client, close } = openPool(server)
  await migrate(client)
  await close()
})
afterAll(() => server.stop())

describe.each(REMOTE_CLIENTS)('postgresStore with $kind keeps the contract', ({ open }) => {
  const start = async (): Promise<StoreUnderTest> => {
    const relay = await startRelay(server)
    const [one, two] = [open(relay), open(relay)]
    return {
      store: postgresStore(one.client),
      another: async () => postgresStore(two.client),
      persistent: true,
      async breakDown() {
        await relay.cut()
        // A pool hears of it a moment later, and would lend a connection that is broken.
        for (const client of [one, two]) await expect(run(client, 'SELECT 1')).rejects.toThrow()
      },
      mend: relay.mend,
      async close() {
        await Promise.all([one.close(), two.close()])
        await relay.close()
      },
    }
  }
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
