import { plaintextAtRest } from '@countersign/core'
import { type PostgresServer, startPostgres } from '@countersign/servers'
import { type KeyringStoreUnderTest, keyringStoreSuite } from '@countersign/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrate, postgresKeyrings } from '../../src/index.js'
import { type OpenClient, openPglite, openPool, REMOTE_CLIENTS, run } from '../clients.js'
import { startRelay } from '../relay.js'

let server: PostgresServer

beforeAll(async () => {
  server = await startPostgres()
  const { client, close } = openPool(server)
  await migrate(client)
  await close()
})
afterAll(() => server.stop())

function storeOf({ client }: OpenClient) {
  return plaintextAtRest(postgresKeyrings(client))
}

describe.each(REMOTE_CLIENTS)('postgresKeyrings with $kind keeps the contract', ({ open }) => {
  const start = async (): Promise<KeyringStoreUnderTest> => {
    const relay = await startRelay(server)
    const [one, two] = [open(relay), open(relay)]
    return {
      store: storeOf(one),
      another: async () => storeOf(two),
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
  it.concurrent.each(keyringStoreSuite(start))('$name', (suiteCase) => suiteCase.run())
})

describe('postgresKeyrings with PGlite keeps the contract', () => {
  const pglite = openPglite()
  beforeAll(() => migrate(pglite.client))
  afterAll(() => pglite.close())

  const start = async (): Promise<KeyringStoreUnderTest> => ({
    store: storeOf(pglite),
    another: async () => storeOf(pglite),
  })
  it.concurrent.each(keyringStoreSuite(start))('$name', (suiteCase) => suiteCase.run())
})
