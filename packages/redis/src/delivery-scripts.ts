import { redisScript } from './redis-script.js'

/** How long a lease that has run out, or a release, is remembered for its count of attempts. */
const UNTOUCHED_MS = 24 * 60 * 60 * 1000

// A record is `done`, or `leased` or `released` with the attempt, the end of the lease or the time of the release (both in
// milliseconds since the epoch, by the server's clock), and the token. Redis removes it when nothing depends on it any more.
//
// Lua writes numbers of more than 14 digits with an exponent; hence %.0f.
const RECORD = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local record = redis.call('GET', KEYS[1])
local state, attempt, ends, holder
if record and record ~= 'done' then
  state, attempt, ends, holder = string.match(record, '^(%l+) (%d+) (%d+) (.+)$')
  if state ~= 'leased' and state ~= 'released' then
    return redis.error_reply('ERR not a record of a delivery')
  end
end
local function put(state, attempt, leaseMs, token)
  local record = string.format('%s %.0f %.0f %s', state, attempt, now + leaseMs, token)
  redis.call('SET', KEYS[1], record, 'PX', string.format('%.0f', leaseMs + ${UNTOUCHED_MS}))
end`

// A client may send a claim again that it got no reply to. With the same token, it is the same claim.
export const claimScript = redisScript(
  'claim',
  `${RECORD}
local token, leaseMs = ARGV[1], tonumber(ARGV[2])
if record == 'done' then return 'done' end
local isAgain = state == 'leased' and holder == token
if state == 'leased' and not isAgain and tonumber(ends) > now then
  return string.format('in-progress %.0f', ends - now)
end
local count = (attempt or 0) + (isAgain and 0 or 1)
put('leased', count, leaseMs, token)
return string.format('claimed %.0f', count)`,
)

const HELD = `${RECORD}
if state ~= 'leased' or holder ~= ARGV[1] then return 'lost' end`

export const extendScript = redisScript(
  'extend',
  `${HELD}
put('leased', attempt, tonumber(ARGV[2]), holder)
return 'held'`,
)

// Redis refuses to keep anything for no time.
export const completeScript = redisScript(
  'complete',
  `${HELD}
if ARGV[2] == '0' then
  redis.call('DEL', KEYS[1])
else
  redis.call('SET', KEYS[1], 'done', 'PX', ARGV[2])
end
return 'held'`,
)

export const releaseScript = redisScript(
  'release',
  `${HELD}
put('released', attempt, 0, holder)
return 'held'`,
)
