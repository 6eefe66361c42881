import { bodyBytes } from '../../body.js'
import { CountersignError } from '../../errors.js'
import type { Scheme } from '../../scheme.js'
import { isSecret, reveal, type Secret } from '../../secret.js'
import { secret } from '../../secret-from-text.js'
import type { Delivery } from '../../verifier.js'
import { headerEntries } from '../header-entries.js'
import { KNOWN_VENDORS } from '../known-vendors.js'
import { listedHeaders } from '../listed-headers.js'
import { macBudget } from '../mac-budget.js'
import { secretReadings } from '../readings/secret-readings.js'
import { sameText } from '../subject.js'
import { type AdapterOptions, adapterOptions, adapterSource, agilePointOptions } from './adapter-options.js'
import { hmacFacts, type InferredFact, tokenFacts } from './inferred-facts.js'

/** A way of signing that fits a delivery. */
export interface Inference {
  /** As for `defineProvider`. */
  readonly scheme: Scheme
  /** The header that carries the signature, or the token, as the delivery spells it. */
  readonly header: string
  /** In one sentence. It holds no secret and no MAC. */
  readonly summary: string
  /** TypeScript: the call of the adapter where one fits, else a provider of your own. */
  readonly source: string
  /** Which of the secrets it is. */
  readonly secretIndex: number
  /** 'as given', or how it has to be taken. */
  readonly secretReading: string
  /** Where an adapter verifies such deliveries: its package (`@countersign/<provider>`) and its options. */
  readonly adapterOptions?: AdapterOptions | undefined
}

const MOST_MACS = 20_000

/**
 * How a vendor signs that does not publish it: from one captured delivery and its secrets, which header, hash, encoding,
 * prefix, mode and signed content fit. What fits by the secret as it was given comes first. It never accepts a delivery.
 *
 * @throws CountersignError `no-keys`, `keys-invalid`, `secret-malformed`, `body-not-bytes`.
 */
export async function infer(delivery: Delivery, secrets: readonly (string | Secret)[]): Promise<readonly Inference[]> {
  const given = secrets.map(toLenientSecret)
  if (given.length === 0) throw new CountersignError('no-keys')
  const entries = headerEntries(
    listedHeaders(delivery.headers),
    KNOWN_VENDORS.map(({ header }) => header),
  )
  const body = bodyBytes(delivery.body, true)
  const message = { body, url: delivery.url ?? '', method: delivery.method ?? 'POST' }
  const budget = macBudget(MOST_MACS)
  const texts = given.map((secret) => reveal(secret).trim().toLowerCase())
  const holdsSecret = (text: string) => texts.some((secret) => holds(text.toLowerCase(), secret))
  const facts: (InferredFact & { readonly rank: number })[] = []
  for (const [secretIndex, secret] of given.entries()) {
    for (const [rank, reading] of secretReadings(secret).entries()) {
      const secretReading = reading.deviation?.summary ?? 'as given'
      const found = [
        ...tokenFacts(entries, reading),
        ...(await hmacFacts(entries, message, reading, budget, holdsSecret)),
      ]
      facts.push(...found.map((fact) => ({ ...fact, secretIndex, secretReading, rank })))
    }
  }
  return withAdapters(facts.sort((one, other) => one.rank - other.rank))
}

/** Whether a text stands in another, each place compared in constant time (law 5). */
function holds(text: string, secret: string): boolean {
  const places = Math.max(0, text.length - secret.length + 1)
  return Array.from({ length: places }, (_, at) => text.slice(at, at + secret.length)).some((part) =>
    sameText(part, secret),
  )
}

/** White space at an edge and shortness are no reason to refuse it here: perhaps that is the very question. */
function toLenientSecret(given: string | Secret): Secret {
  if (isSecret(given)) return given
  if (typeof given !== 'string') throw new CountersignError('keys-invalid')
  return secret(given, { minBytes: 1, verbatim: true })
}

function withAdapters(facts: readonly InferredFact[]): readonly Inference[] {
  // The other slot of AgilePoint is known by both together.
  const asGiven = facts.filter(({ secretReading }) => secretReading === 'as given')
  const unknown = asGiven.filter(
    ({ header }) => !KNOWN_VENDORS.some((vendor) => vendor.header === header.toLowerCase()),
  )
  const pair = agilePointOptions(unknown)
  return facts.map((fact) => {
    const { scheme, header, summary, source, secretIndex, secretReading } = fact
    const adapter = adapterOptions(fact) ?? (unknown.includes(fact) ? pair : undefined)
    const named = adapter && { adapterOptions: adapter }
    return {
      scheme,
      header,
      summary,
      secretIndex,
      secretReading,
      source: adapter ? adapterSource(adapter) : source,
      ...named,
    }
  })
}
