import { plaintextAtRest } from '@countersign/core'
import { type RedisServer, startRedis } from '@countersign/servers'
import { keyringStoreSuite } from '@countersign/testkit'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { redisKeyrings } from '../../src/index.js'
import { bothClients, connectPool } from '../clients.js'
import { storeUnderTest } from '../store-under-test.js'

let server: RedisServer

beforeAll(async () => {
  server = await startRedis()
})

afterAll(() => server.stop())

describe.each([...bothClients, ['pool of node-redis', connectPool] as const])('%s keeps the contract', (_, connect) => {
  const start = () => storeUnderTest(server, connect, (client) => plaintextAtRest(redisKeyrings(client)))
  for (const { name, run } of keyringStoreSuite(start)) it(name, run)
})
