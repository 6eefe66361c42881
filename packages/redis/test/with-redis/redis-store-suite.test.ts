import { type RedisServer, startRedis } from '@countersign/servers'
import { type StoreUnderTest, storeSuite } from '@countersign/testkit'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { redisStore } from '../../src/index.js'
import { bothClients, type Connection, connectPool } from '../clients.js'

let server: RedisServer

beforeAll(async () => {
  server = await startRedis()
})

afterAll(() => server.stop())

describe.each([...bothClients, ['pool of node-redis', connectPool] as const])('%s keeps the contract', (_, connect) => {
  const start = async (): Promise<StoreUnderTest> => {
    const connections: Connection[] = []
    async function open() {
      const connection = await connect(server.url)
      connections.push(connection)
      return redisStore(connection.client)
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
  const cases = storeSuite(start)
  const isOutage = ({ name }: { name: string }) => name.startsWith('outage')
  // An outage is one for all; the others mostly wait.
  describe('while it is up', () => {
    it.concurrent.each(cases.filter((one) => !isOutage(one)))('$name', ({ run }) => run())
  })
  it.each(cases.filter(isOutage))('$name', ({ run }) => run())
})
