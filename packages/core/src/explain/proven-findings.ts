import { type Key, stateOf } from '../key.js'
import type { Keyring } from '../keyring.js'
import type { Deviation } from './deviations/deviation.js'
import { freshnessDeviation } from './deviations/freshness-deviation.js'
import { keyDeviations } from './deviations/key-deviations.js'
import { formDeviations } from './deviations/written-form.js'
import type { Finding } from './finding.js'
import { vendorFix, vendorOf } from './known-vendors.js'
import type { MacBudget } from './mac-budget.js'
import { findPlainDigest } from './plain-digest.js'
import { readStamp } from './readings/stamp-readings.js'
import { findMacs, type MacMatch } from './search.js'
import { headerNames, type Subject } from './subject.js'
import { findTokens, type TokenMatch } from './token-search.js'

/** What a delivery would verify with: all that has to be otherwise, and the bytes that would be hashed. */
interface Counterfactual {
  readonly key: Key
  /** Where the signature or the token stands. */
  readonly header: string
  readonly deviations: readonly Deviation[]
  /** Which of them changed the signed content, and into what. */
  readonly aboutContent: readonly Deviation[]
  readonly signedContent: Uint8Array | undefined
}

/** The findings of the counterfactual with the fewest deviations; none if nothing was found that would verify. */
export async function provenFindings(
  subject: Subject,
  ring: Keyring,
  budget: MacBudget,
  now: number,
  toleranceSeconds: number,
): Promise<readonly Finding[]> {
  const found = [
    ...(await findMacs(subject, ring, budget)).map((match) => ofMac(subject, match, now, toleranceSeconds)),
    ...findTokens(subject, ring).map((match) => ofToken(subject, match, now)),
  ].filter(({ deviations }) => deviations.length > 0)
  if (found.length === 0) return findPlainDigest(subject, ring, budget)
  const fewest = Math.min(...found.map(({ deviations }) => deviations.length))
  const findings = found
    .filter(({ deviations }) => deviations.length === fewest)
    .flatMap((counterfactual) => otherVendor(subject, counterfactual) ?? findingsOf(counterfactual, now))
  // Two keys may tell the same of one delivery, as those of two slots do.
  return findings.filter(({ code }, index) => findings.findIndex((one) => one.code === code) === index)
}

/** The signature stands in the header by which another vendor is known: then nothing is to be mended, but sent elsewhere. */
function otherVendor({ plan }: Subject, { key, header }: Counterfactual): Finding[] | undefined {
  const name = header.toLowerCase()
  const vendor = vendorOf((known) => known === name)
  // The last is a format of many vendors.
  const isOther = vendor !== undefined && name !== 'webhook-signature'
  if (!isOther || plan.fields.some((field) => field.header.toLowerCase() === name)) return undefined
  const expected = plan.fields.map((field) => field.header).join(' or ')
  return [
    {
      code: 'looks-like',
      summary: `This looks like ${vendor.name}: its header ${header} holds what key '${key.id}' makes, and ${expected} is expected.`,
      fix: vendorFix(vendor),
      keyId: key.id,
      certain: true,
    },
  ]
}

function ofMac(subject: Subject, match: MacMatch, now: number, toleranceSeconds: number): Counterfactual {
  const { key, digest, signedContent } = match
  const isToken = subject.plan.hash === undefined
  const form = isToken ? [hmacMode(match)] : formDeviations(subject, digest, match.hash)
  const field = subject.plan.fields.find(({ header }) => header.toLowerCase() === digest.header.toLowerCase())
  return {
    key,
    header: digest.header,
    deviations: [
      ...keyDeviations(key, isToken ? undefined : field, now),
      ...match.deviations,
      ...form,
      ...freshness(subject, match, now, toleranceSeconds),
    ],
    aboutContent: [match.body.deviation, match.content.deviation].filter((deviation) => deviation !== undefined),
    signedContent,
  }
}

function freshness(subject: Subject, { content }: MacMatch, now: number, toleranceSeconds: number): Deviation[] {
  const { prepared, message } = subject
  const isAsExpected = content.deviation === undefined || content.deviation.code === 'other-header'
  if (content.stamp === undefined || !isAsExpected) return []
  const isAsRead = content.stamp === message?.timestamp && !('reason' in prepared)
  const at = isAsRead ? prepared.timestamp : readStamp(content.stamp)?.at
  const off = at === undefined ? undefined : freshnessDeviation(content.stamp, at, now, toleranceSeconds)
  return off === undefined ? [] : [off]
}

function hmacMode({ hash, digest }: MacMatch): Deviation {
  return {
    code: 'hmac-mode',
    summary: `with ${digest.header} read as HMAC-${hash.toUpperCase()} of the body in ${digest.spelling}, where the secret itself is expected`,
    fix: "Leave the adapter's token mode: the vendor sends a MAC, which ties the body to the secret (`mode: 'hmac'`).",
  }
}

function ofToken({ plan }: Subject, { key, header, field, deviations }: TokenMatch, now: number): Counterfactual {
  const mode = plan.hash === undefined ? [] : [tokenMode(header)]
  const place = field === undefined && plan.hash === undefined ? [otherHeader(header, headerNames(plan))] : []
  return {
    key,
    header,
    deviations: [...keyDeviations(key, field, now), ...mode, ...deviations, ...place],
    aboutContent: [],
    signedContent: undefined,
  }
}

function tokenMode(header: string): Deviation {
  return {
    code: 'token-mode',
    summary: `in token mode: ${header} is the secret itself, and no MAC`,
    fix: "Set mode: 'token' where the adapter has it (or define a provider of kind 'token'), treat that header as a secret in your logs, and ask the vendor for signatures.",
  }
}

function otherHeader(header: string, wanted: readonly string[]): Deviation {
  return {
    code: 'other-header',
    summary: `with the token of the header ${header}, where ${wanted.join(' or ')} is expected`,
    fix: `Configure the header's name if the vendor sends ${header}; else keep what renames it from doing so.`,
  }
}

function findingsOf({ key, deviations, aboutContent, signedContent }: Counterfactual, now: number): Finding[] {
  const state = stateOf(key, now)
  const note = state === 'staged' || state === 'retiring' ? `, which is ${state},` : ''
  return deviations.map((deviation) => {
    const others = deviations.filter((other) => other !== deviation).map(({ code }) => code)
    const more = others.length === 0 ? '' : `, one of ${deviations.length} things to mend`
    return {
      code: deviation.code,
      summary: `Key '${key.id}'${note} would fit ${deviation.summary}${more}.`,
      fix: deviation.fix,
      keyId: key.id,
      certain: true,
      ...(others.length > 0 && { together: others }),
      ...(signedContent !== undefined &&
        aboutContent.includes(deviation) && { signedContent: () => signedContent.slice() }),
    }
  })
}
