import { redisScript } from './redis-script.js'

// ARGV: the name, the version that is expected or '' for none, the channel, and the record, which begins with its version.
// The message goes first: who may not publish has then written nothing.
export const writeScript = redisScript(
  'write',
  `
local record = redis.call('HGET', KEYS[1], ARGV[1])
local version = ''
if record then
  version = string.match(record, '^(%d+) ')
  if not version then return redis.error_reply('ERR not a record of a keyring') end
end
if version ~= ARGV[2] then return 'conflict' end
redis.call('PUBLISH', ARGV[3], ARGV[1])
redis.call('HSET', KEYS[1], ARGV[1], ARGV[4])
return 'written'`,
)
