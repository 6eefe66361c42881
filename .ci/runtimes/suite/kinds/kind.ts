import type { Delivery, Header, Outcome } from '../delivery.js'
import type { Plan, Signed } from '../plan.js'
import { textsIn } from '../plan.js'
import type { Random } from '../random.js'

/** One way for a delivery to come about: other than usual before the vendor signs it, tampered with afterwards, or both. */
export interface Kind {
  readonly name: string
  applies?(plan: Plan): boolean
  plan?(plan: Plan, random: Random): Partial<Plan>
  tamper?(signed: Signed, random: Random): Tampered
}

/** What differs from the delivery as it was signed, and what becomes of it: undefined where that is not known. */
export type Tampered = Partial<Pick<Delivery, 'headers' | 'body' | 'headersAs' | 'bodyAs' | 'maxBodyBytes'>> & {
  readonly expected: readonly Outcome[] | undefined
}

/** The headers with the values of those of signatures or tokens written anew. */
export function rewriteSignatures({ headers, plan }: Signed, write: (value: string) => string): readonly Header[] {
  return headers.map(([name, value]) => [name, plan.shape.headers.includes(name) ? write(value) : value])
}

/** The headers with each signature or token written anew, and how many of them that changed. */
export function rewriteTexts(signed: Signed, write: (text: string) => string) {
  const changes: boolean[] = []
  const headers = rewriteSignatures(signed, (value) =>
    textsIn(value, signed.plan).reduce((rewritten, text) => {
      const other = write(text)
      changes.push(other !== text)
      return rewritten.replace(text, () => other)
    }, value),
  )
  return { headers, all: changes.every((changed) => changed), none: changes.every((changed) => !changed) }
}
