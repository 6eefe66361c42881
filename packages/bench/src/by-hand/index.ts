import type { Contender } from '../contender.js'
import { OTHER_SECRET, SECRET } from '../mac.js'
import { SCHEMES, signed, type Verdict } from '../schemes.js'
import { agilePointByHand } from './agilepoint.js'
import { globalCommerceByHand } from './global-commerce.js'

/**
 * What verifying one vendor's deliveries takes, whoever writes it: a function for that vendor alone, with what a verification
 * promises of a body, of a plain object of headers, of time and of comparing, and nothing else. It knows no other scheme, hash or
 * encoding, no `Headers`, ring, dates or observers, hardly a reason, and no second runtime.
 */
export const BY_HAND: readonly Contender[] = [
  byHand('agilepoint', 'AgilePoint, by hand', () => agilePointByHand(SECRET, OTHER_SECRET, () => {})),
  byHand('global-commerce', 'Global Commerce, by hand', () => globalCommerceByHand(SECRET)),
]

export function byHandId(id: 'agilepoint' | 'global-commerce'): string {
  return `${id}-by-hand`
}

function byHand(
  id: 'agilepoint' | 'global-commerce',
  title: string,
  make: () => { verify(delivery: never): unknown },
): Contender {
  const { hash } = SCHEMES[id]
  return {
    id: byHandId(id),
    title,
    hash,
    isStamped: id === 'global-commerce',
    takes: 'bytes',
    async prepare({ body }) {
      const { mac, headersWith } = await signed(SCHEMES[id], body)
      const { verify } = make()
      const attempt = (given: string) => {
        const headers = headersWith(given)
        return () => verify({ headers, body } as never)
      }
      return { mac, attempt, accepts: (verdict) => (verdict as Verdict).ok }
    },
  }
}
