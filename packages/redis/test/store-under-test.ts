import type { RedisServer } from '@countersign/servers'
import type { RedisClient } from '../src/index.js'
import type { Connect, Connection } from './clients.js'

/** A store of any kind for the testkit's suites, with a second client, and with outages of the server that all clients share. */
export async function storeUnderTest<Store>(
  server: RedisServer,
  connect: Connect,
  storeOf: (client: RedisClient) => Store,
) {
  const connections: Connection[] = []
  async function open(): Promise<Store> {
    const connection = await connect(server.url)
    connections.push(connection)
    return storeOf(connection.client)
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
