import type { AnyProvider } from '@countersign/core'
import { bodyCases } from './body-cases.js'
import { entryCases } from './entry-cases.js'
import { headerCases } from './header-cases.js'
import { hostileCases } from './hostile-cases.js'
import { idCases } from './id-cases.js'
import { labelCases } from './label-cases.js'
import { leakCases } from './leak-cases.js'
import { macCases } from './mac-cases.js'
import { peerDefectCases, secretTypoCases } from './peer-defect-cases.js'
import { repeatCases } from './repeat-cases.js'
import { secretCases } from './secret-cases.js'
import { signatureCases } from './signature-cases.js'
import { slotCases } from './slot-cases.js'
import { type Delivered, deliveredOf, isHmac, type Subject, subjectOf } from './subject.js'
import { type SuiteCase, suiteCase } from './suite-case.js'
import { timestampCases } from './timestamp-cases.js'
import { tokenBodyCases, tokenCases } from './token-cases.js'
import { invalidVectorCases, unreadableCase, validVectorCases } from './vector-cases.js'
import { checkVectors } from './vector-check.js'
import type { CheckedVector, ProviderVectors, ValidVector } from './vectors.js'

/** A provider, or the function that makes one from the `options` of a vector: an adapter's function fits. */
export type ProviderUnderTest = AnyProvider | ((options: never) => AnyProvider)

/**
 * The conformance suite of a provider, to be run by whatever runs tests:
 *
 * ```js
 * for (const { name, run } of providerSuite(provider, vectors)) test(name, run)
 * ```
 *
 * Each vector is a case. From each valid one follow others: every way to damage, repeat, re-spell or re-date its delivery
 * that must be refused, and every way to bring it otherwise that must make no difference.
 *
 * @throws TypeError for vectors that are not of the form that they must be, naming the field; Error for options or keys
 * that the provider refuses.
 */
export function providerSuite(provider: ProviderUnderTest, vectors: ProviderVectors): readonly SuiteCase[] {
  const checked = checkVectors(vectors, typeof provider === 'function' ? undefined : provider.id)
  const seen = new Set<string>()
  const cases = checked.flatMap((vector, index) => {
    const where = `vector ${index + 1} (${vector.comment})`
    const delivered = prepare(where, () => deliveredOf(vector, providerFor(provider, vector, vectors.provider)))
    return casesOf(delivered, seen).map(({ name, run }) => suiteCase(`${where}: ${name}`, run))
  })
  return Object.freeze([...cases, ...secretTypoCases()])
}

/** The valid vectors whose signatures can be found, each with the words that name it. */
export function subjectsOf(
  provider: ProviderUnderTest,
  vectors: ProviderVectors,
): readonly { readonly where: string; readonly subject: Subject }[] {
  const checked = checkVectors(vectors, typeof provider === 'function' ? undefined : provider.id)
  return checked.flatMap((vector, index) => {
    const where = `vector ${index + 1} (${vector.comment})`
    const delivered = prepare(where, () => deliveredOf(vector, providerFor(provider, vector, vectors.provider)))
    const subject = isValid(delivered) ? subjectOf(delivered) : undefined
    return subject === undefined ? [] : [{ where, subject }]
  })
}

function casesOf(delivered: Delivered, seen: Set<string>): readonly SuiteCase[] {
  if (!isValid(delivered)) return invalidVectorCases(delivered)
  const subject = subjectOf(delivered)
  if (subject === undefined) return [...validVectorCases(delivered), unreadableCase(delivered)]
  const scheme = JSON.stringify(delivered.vector.options ?? {})
  return [
    ...validVectorCases(delivered),
    ...vectorCases(subject),
    ...(isFirst(seen, `${scheme} ${JSON.stringify(subject.key)}`) ? keyCases(subject) : []),
    // They replace all that one vector of a scheme has before another.
    ...(isFirst(seen, scheme) ? hostileCases(subject) : []),
  ]
}

/** What is derived from each valid vector. */
function vectorCases(subject: Subject): readonly SuiteCase[] {
  const common = [headerCases, repeatCases, slotCases].flatMap((derive) => derive(subject))
  const own = isHmac(subject)
    ? [bodyCases, macCases, signatureCases, entryCases, labelCases, timestampCases, idCases].flatMap((derive) =>
        derive(subject),
      )
    : [tokenBodyCases, tokenCases].flatMap((derive) => derive(subject))
  return [...common, ...own]
}

/** What would be the same for another vector with the same options and key: fresh MACs, other secrets. */
function keyCases(subject: Subject): readonly SuiteCase[] {
  return [secretCases, peerDefectCases, leakCases].flatMap((derive) => derive(subject))
}

/** Remembers what it is asked for. */
function isFirst(seen: Set<string>, what: string): boolean {
  const isNew = !seen.has(what)
  seen.add(what)
  return isNew
}

function isValid(delivered: Delivered): delivered is Delivered<ValidVector> {
  return delivered.vector.result === 'valid'
}

function providerFor(provider: ProviderUnderTest, { options }: CheckedVector, id: string): AnyProvider {
  if (typeof provider !== 'function') {
    if (options !== undefined && Object.keys(options as object).length > 0) {
      throw new TypeError('the vector has options: pass the function that makes the provider, not the provider')
    }
    return provider
  }
  const made = provider(options as never)
  if (made?.id !== id) throw new TypeError(`the vectors are of provider '${id}', and the function made '${made?.id}'`)
  return made
}

/** Says of which vector an error is. */
function prepare<Result>(where: string, make: () => Result): Result {
  try {
    return make()
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause)
    throw new Error(`${where}: ${problem}`, { cause })
  }
}
