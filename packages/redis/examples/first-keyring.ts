// Once, by an operator: puts the secret into Redis, sealed, where all instances find it.
import { keyring, sealed } from '@countersign/core'
import { redisKeyrings } from '@countersign/redis'
import { Redis } from 'ioredis'

const redis = new Redis(process.env.REDIS_URL ?? '', { maxRetriesPerRequest: 1 })
const keyrings = sealed(redisKeyrings(redis), process.env.MASTER_KEY ?? '')
const ring = keyring([{ id: '2026-01', secret: process.env.AUTIFY_SECRET ?? '' }])
await keyrings.save('autify', ring, undefined)
redis.disconnect()
