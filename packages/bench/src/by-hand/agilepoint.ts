import { Accepted, type Delivery, headerOf, isBody, type Refused, refused } from './delivery.js'
import { oneKey, SIGNATURE_LENGTH } from './one-key.js'

/** AgilePoint: either slot suffices, and once a minute it is looked whether the other one fits, too. */
export function agilePointByHand(primary: string, secondary: string, told: (note: string) => void) {
  const [first, second] = [oneKey(primary), oneKey(secondary)]
  let slotsCheckedAt = Number.NEGATIVE_INFINITY

  function judge({ headers, body }: Delivery): Accepted | Refused {
    if (!isBody(body)) return refused('body')
    const one = signatureIn(headers, 'x-agilepoint-primary')
    const two = signatureIn(headers, 'x-agilepoint-secondary')
    if (one === undefined && two === undefined) return refused('malformed-signature')
    const now = Date.now()
    const isFirst = one !== undefined && first(one, '', body)
    if (!isFirst && !(two !== undefined && second(two, '', body))) return refused('no-matching-key')
    if (Math.abs(now - slotsCheckedAt) >= 60_000) {
      slotsCheckedAt = now
      const [fits, other] = isFirst ? [second, two] : [first, one]
      if (other === undefined || !fits(other, '', body)) told('slot-mismatch')
    }
    return new Accepted(isFirst ? 'primary' : 'secondary', undefined, body)
  }

  return { verify: (delivery: Delivery) => Promise.resolve(judge(delivery)) }
}

function signatureIn(headers: Delivery['headers'], name: string): string | undefined {
  const text = headerOf(headers, name)
  return text?.length === SIGNATURE_LENGTH ? text : undefined
}
