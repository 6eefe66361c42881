import type { PostgresServer } from '@countersign/servers'
import { type KeyUsesUnderTest, keyUseSuite } from '@countersign/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrate, type PostgresClient, postgresKeyUses } from '../../src/index.js'
import { openPglite, openPool, REMOTE_CLIENTS, run } from '../clients.js'
import { startMigrated } from '../migrated-server.js'
import { storeUnderTest } from '../store-under-test.js'

let server: PostgresServer

beforeAll(async () => {
  server = await startMigrated()
})
afterAll(() => server.stop())

const storeOf = (client: PostgresClient) => postgresKeyUses(client)

describe.each(REMOTE_CLIENTS)('postgresKeyUses with $kind keeps the contract', ({ open }) => {
  const start = () => storeUnderTest(server, open, storeOf)
  it.concurrent.each(keyUseSuite(start))('$name', (suiteCase) => suiteCase.run())
})

describe('postgresKeyUses under the strictest isolation keeps the contract', () => {
  const options = { options: '-c default_transaction_isolation=serializable' }
  const start = () => storeUnderTest(server, (address) => openPool(address, options), storeOf)
  it.concurrent.each(keyUseSuite(start))('$name', (suiteCase) => suiteCase.run())
})

describe('postgresKeyUses with PGlite', () => {
  const pglite = openPglite()
  beforeAll(() => migrate(pglite.client))
  afterAll(() => pglite.close())

  describe('keeps the contract', () => {
    const start = async (): Promise<KeyUsesUnderTest> => ({
      store: storeOf(pglite.client),
      another: async () => storeOf(pglite.client),
    })
    it.concurrent.each(keyUseSuite(start))('$name', (suiteCase) => suiteCase.run())
  })

  it('fails where the answer makes no sense', async () => {
    await run(pglite, `INSERT INTO countersign.key_uses VALUES ('odd', 'a', -1)`)
    await expect(storeOf(pglite.client).read('odd')).rejects.toMatchObject({ code: 'store-failed' })
  })
})
