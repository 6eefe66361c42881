import { Accepted, type Delivery, headerOf, isBody, type Refused, refused } from './delivery.js'
import { oneKey, SIGNATURE_LENGTH } from './one-key.js'

const TOLERANCE_MS = 300_000

/** Global Commerce: `<timestamp>, <base64>`, here of one active secret. */
export function globalCommerceByHand(secret: string) {
  const fits = oneKey(secret)

  function judge({ headers, body }: Delivery): Accepted | Refused {
    if (!isBody(body)) return refused('body')
    const text = headerOf(headers, 'digitalriver-signature') ?? ''
    const comma = text.indexOf(',')
    let from = comma + 1
    while (text[from] === ' ' || text[from] === '\t') from++
    if (comma < 0 || text.length - from !== SIGNATURE_LENGTH) return refused('malformed-signature')
    const stamp = text.slice(0, comma)
    const timestamp = unixMilliseconds(stamp)
    if (timestamp === undefined) return refused('timestamp-malformed')
    const now = Date.now()
    if (!fits(text.slice(from), `${stamp}.`, body)) return refused('no-matching-key')
    if (Math.abs(now - timestamp) > TOLERANCE_MS) return refused('too-old')
    return new Accepted('key-1', timestamp, body)
  }

  return { verify: (delivery: Delivery) => Promise.resolve(judge(delivery)) }
}

/** Ten digits, the first of them no zero. */
function unixMilliseconds(text: string): number | undefined {
  if (text.length !== 10) return undefined
  let seconds = 0
  for (let at = 0; at < 10; at++) {
    const digit = text.charCodeAt(at) - 48
    if (digit < 0 || digit > 9 || (at > 0 && seconds === 0)) return undefined
    seconds = seconds * 10 + digit
  }
  return seconds * 1000
}
