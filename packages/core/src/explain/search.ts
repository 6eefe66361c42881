import { concatenate } from '../bytes.js'
import { digestBytes, type Hash } from '../hash.js'
import type { Key } from '../key.js'
import type { Keyring } from '../keyring.js'
import type { Deviation } from './deviations/deviation.js'
import type { MacBudget } from './mac-budget.js'
import { type BodyReading, bodyReadings } from './readings/body-readings.js'
import { bytesOf, type ContentReading, contentReadings } from './readings/content-readings.js'
import { type FoundDigest, findDigests } from './readings/digest-readings.js'
import { type SecretReading, secretReadings } from './readings/secret-readings.js'
import { type Subject, sameText } from './subject.js'

/** A MAC that stands in the headers, and what had to be taken otherwise to get it. */
export interface MacMatch {
  readonly key: Key
  readonly digest: FoundDigest
  readonly hash: Hash
  readonly secret: SecretReading
  readonly content: ContentReading
  readonly body: BodyReading
  readonly signedContent: Uint8Array
  readonly deviations: readonly Deviation[]
}

/** Digest lengths name the hash. */
const HASHES: readonly Hash[] = ['sha256', 'sha1', 'sha512', 'sha384']
/** Of secret, hash, body and content, so many are taken otherwise at the same time. */
const MOST_AT_ONCE = 2

interface Dimensions {
  readonly digests: readonly FoundDigest[]
  readonly hashes: readonly Hash[]
  /** Undefined in token mode. */
  readonly configured: Hash | undefined
  readonly contents: readonly ContentReading[]
  /** Worked out when first needed: most mistakes are found before. */
  readonly bodies: (level: number) => readonly BodyReading[]
}

/**
 * All matches with the fewest deviations: first nothing is taken otherwise but the digest's form and the key's state, which
 * cost no MAC of their own; then one thing; then two. One MAC for each reading of secret, hash, body and content, whatever
 * the headers hold.
 */
export async function findMacs(subject: Subject, ring: Keyring, budget: MacBudget): Promise<readonly MacMatch[]> {
  const dimensions = dimensionsOf(subject)
  if (dimensions.digests.length === 0) return []
  for (let level = 0; level <= MOST_AT_ONCE; level++) {
    const matches: MacMatch[] = []
    for (const key of ring.keys) {
      for (const trial of trials(dimensions, key, level)) {
        const found = await attempt(dimensions, trial, budget)
        matches.push(...found)
        // Another reading gives other bytes, and does not fit as well.
        if (found.length > 0) break
        if (budget.isExceeded()) return matches
      }
    }
    if (matches.length > 0) return matches
  }
  return []
}

function dimensionsOf(subject: Subject): Dimensions {
  const { plan, entries, body } = subject
  const digests = findDigests(
    entries,
    plan.fields.map(({ header }) => header),
  )
  const fitting = HASHES.filter((hash) => digests.some(({ hex }) => hex.length === digestBytes(hash) * 2))
  let readings: readonly BodyReading[] | undefined
  return {
    digests,
    hashes: [...new Set([plan.hash ?? fitting, fitting].flat())],
    configured: plan.hash,
    contents: contentReadings(subject),
    bodies(level) {
      if (level > 0) readings ??= bodyReadings(body)
      return readings ?? [{ deviation: undefined, bytes: body }]
    },
  }
}

interface Trial {
  readonly key: Key
  readonly secret: SecretReading
  readonly hash: Hash
  readonly hashDeviation: Deviation | undefined
  readonly content: ContentReading
  readonly body: BodyReading
}

/** The trials that take exactly so many things otherwise. */
function* trials({ hashes, configured, contents, bodies }: Dimensions, key: Key, level: number): Generator<Trial> {
  for (const secret of secretReadings(key.secret)) {
    const afterSecret = level - count(secret.deviation)
    if (afterSecret < 0) continue
    for (const hash of hashes) {
      const hashDeviation = configured === undefined || hash === configured ? undefined : otherHash(hash, configured)
      const afterHash = afterSecret - count(hashDeviation)
      if (afterHash < 0) continue
      for (const content of contents) {
        const afterContent = afterHash - count(content.deviation)
        if (afterContent < 0) continue
        for (const body of bodies(level)) {
          if (afterContent === count(body.deviation)) yield { key, secret, hash, hashDeviation, content, body }
        }
      }
    }
  }
}

function count(deviation: Deviation | undefined): number {
  return deviation === undefined ? 0 : 1
}

function otherHash(hash: Hash, configured: Hash): Deviation {
  return {
    code: 'other-hash',
    summary: `with HMAC-${hash.toUpperCase()}, where HMAC-${configured.toUpperCase()} is expected`,
    fix: `Set hash: '${hash}' if the vendor really uses it (an option of the adapter, or of defineProvider); else mend the sender.`,
  }
}

async function attempt({ digests, configured }: Dimensions, trial: Trial, budget: MacBudget): Promise<MacMatch[]> {
  const { hash, secret, content, body, hashDeviation } = trial
  const length = digestBytes(hash) * 2
  const fitting = digests.filter(
    ({ hex, mayBeCut }) => hex.length === length || (mayBeCut && hex.length < length && hash === configured),
  )
  const parts = fitting.length > 0 ? content.parts(body.bytes) : undefined
  const mac = parts && (await budget.mac(hash, secret.bytes, parts))
  if (mac === undefined || parts === undefined) return []
  const deviations = [secret.deviation, hashDeviation, body.deviation, content.deviation].filter(
    (deviation) => deviation !== undefined,
  )
  return fitting
    .filter(({ hex }) => sameText(mac.slice(0, hex.length), hex))
    .map((digest) => ({ ...trial, digest, deviations, signedContent: concatenate(parts.map(bytesOf)) }))
}
