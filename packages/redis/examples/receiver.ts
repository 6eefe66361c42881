// A receiver of which any number of instances can run: their keys come from Redis, sealed, and they know there of each other
// what was handled. A rotation that an operator saves reaches all of them at once.
import { once } from 'node:events'
import { createServer } from 'node:http'
import { autify } from '@countersign/autify'
import { createVerifier, keySource, sealed } from '@countersign/core'
import { createReceiver } from '@countersign/http'
import { toNode } from '@countersign/http/node'
import { redisKeyrings, redisStore } from '@countersign/redis'
import { Redis } from 'ioredis'

// Without a connection, also at the start, a command fails at once: the answer is 503, and the vendor tries again.
const redis = new Redis(process.env.REDIS_URL ?? '', { enableOfflineQueue: false, maxRetriesPerRequest: 1 })
redis.on('error', (error) => console.warn(`Redis: ${error.message}`))

const keys = keySource(sealed(redisKeyrings(redis), process.env.MASTER_KEY ?? ''), 'autify')
const receiver = createReceiver(createVerifier(autify(), { keys }), {
  idempotency: redisStore(redis),
  handle(event) {
    console.info('handled once:', event)
  },
})

export const server = createServer(toNode(receiver)).listen(process.env.PORT ?? 3000)

export async function close() {
  const closed = once(server, 'close')
  server.close()
  await closed
  keys.close()
  redis.disconnect()
}

process.once('SIGTERM', close)
