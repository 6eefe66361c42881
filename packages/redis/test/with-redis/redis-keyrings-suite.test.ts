import { plaintextAtRest } from '@countersign/core'
import { type RedisServer, startRedis } from '@countersign/servers'
import { type KeyringStoreUnderTest, keyringStoreSuite } from '@countersign/testkit'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { redisKeyrings } from '../../src/index.js'
import { bothClients, type Connection, connectPool } from '../clients.js'

let server: RedisServer

beforeAll(async () => {
  server = await startRedis()
})

afterAll(() => server.stop())

describe.each([...bothClients, ['pool of node-redis', connectPool] as const])('%s keeps the contract', (_, connect) => {
  const start = async (): Promise<KeyringStoreUnderTest> => {
    const connections: Connection[] = []
    async function open() {
      const connection = await connect(server.url)
      connections.push(connection)
      return plaintextAtRest(redisKeyrings(connection.client))
    }
    return {
      store: await open(),
      another: open,
      persistent: true,
      breakDown: () => server.kill(),
      async mend() {
        await server.restart()
        for (const { connected } of connections) await connected()
      },
      async close() {
        for (const { close } of connections) close()
      },
    }
  }
  for (const { name, run } of keyringStoreSuite(start)) it(name, run)
})
