import { expectThat } from '../expect.js'
import type { Reply } from './endpoint.js'
import { PLAIN, STAMPED, TOKEN } from './vendors.js'

const SECRETS = [PLAIN, STAMPED, TOKEN].map(({ secret }) => secret)

/** What a reason, or the code of an error, is made of. */
const TELLING =
  /signature|timestamp|stale|too-(?:old|new|large)|expired|revoked|tenant|secret|hmac|usable|duplicate|payload|schema|already-read|not-bytes|-failed/i

/** What a handler of the suite's throws; it must not get out either. */
export const THROWN_TEXT = 'a made-up failure of the handler'

/** Every answer goes through here: the outside learns a status and nothing else (law 10). */
export function expectNothingTold(reply: Reply): Reply {
  const { status, headers, body } = reply
  expectThat(body === '', `an answer ${status} without a body`, JSON.stringify(body.slice(0, 200)))
  for (const [name, text = ''] of Object.entries(headers)) {
    const told = `${name}: ${text}`
    const isTelling = TELLING.test(told) || [...SECRETS, THROWN_TEXT].some((secret) => told.includes(secret))
    expectThat(!isTelling, `an answer ${status} that tells nothing but that`, `the header ${told}`)
  }
  return reply
}
