import { redisScript } from './redis-script.js'

// A sorted set keeps the greater of two numbers by itself (Redis 6.2). In a hash, a receiver would need the right to HSET,
// with which it could write keyrings where the server knows no rights to read alone.
export const recordUsesScript = redisScript(
  'record',
  `
for index = 1, #ARGV, 2 do
  redis.call('ZADD', KEYS[1], 'GT', ARGV[index + 1], ARGV[index])
end
return 'recorded'`,
)
