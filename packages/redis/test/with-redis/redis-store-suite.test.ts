import { type RedisServer, startRedis } from '@countersign/servers'
import { storeSuite } from '@countersign/testkit'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { redisStore } from '../../src/index.js'
import { bothClients, connectPool } from '../clients.js'
import { storeUnderTest } from '../store-under-test.js'

let server: RedisServer

beforeAll(async () => {
  server = await startRedis()
})

afterAll(() => server.stop())

describe.each([...bothClients, ['pool of node-redis', connectPool] as const])('%s keeps the contract', (_, connect) => {
  const cases = storeSuite(() => storeUnderTest(server, connect, redisStore))
  const isOutage = ({ name }: { name: string }) => name.startsWith('outage')
  // An outage is one for all; the others mostly wait.
  describe('while it is up', () => {
    it.concurrent.each(cases.filter((one) => !isOutage(one)))('$name', ({ run }) => run())
  })
  it.each(cases.filter(isOutage))('$name', ({ run }) => run())
})
