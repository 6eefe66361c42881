import type { PostgresServer } from '@countersign/servers'
import { expect } from 'vitest'
import type { PostgresClient } from '../src/index.js'
import { type Open, run } from './clients.js'
import { startRelay } from './relay.js'

/** A store of any kind for the testkit's suites, with a second client, and with outages that no other case notices. */
export async function storeUnderTest<Store>(
  server: PostgresServer,
  open: Open,
  storeOf: (client: PostgresClient) => Store,
) {
  const relay = await startRelay(server)
  const [one, two] = [open(relay), open(relay)]
  return {
    store: storeOf(one.client),
    another: async () => storeOf(two.client),
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
