import type { HeadersInput, Keyring } from '@countersign/core'
import { explain, type Finding } from '@countersign/core/explain'
import { expectThat, fail } from './expect.js'
import type { Subject } from './subject.js'
import { soleRing } from './subject-keys.js'
import { type SuiteCase, suiteCase } from './suite-case.js'

/** A delivery, or what it is verified with, that somebody got wrong in one way. */
export interface Mistake {
  headers?: Readonly<Record<string, string>> | undefined
  body?: Uint8Array | undefined
  /** A ring, or secrets as a user gives them. */
  keys?: Keyring | string | Readonly<Record<string, string>> | undefined
  now?: number | undefined
}

/** What the first finding must say. */
export interface Expectation {
  readonly code: string
  /** Proven, unless said otherwise. */
  readonly certain?: boolean
  /** Words of its summary. */
  readonly says?: string | undefined
  /** What has to be mended as well. */
  readonly together?: readonly string[]
}

/** The mistake is found, and ranked first. */
export function mistakeCase(
  subject: Subject,
  name: string,
  expected: Expectation,
  make: () => Mistake | Promise<Mistake>,
): SuiteCase {
  return suiteCase(`explain: ${name} is found as ${expected.code}`, async () => {
    const mistake = await make()
    expectFirst(await explained(subject, mistake), expected, subject)
  })
}

/** The findings on the subject's delivery with that mistake. */
export function explained(subject: Subject, mistake: Mistake): Promise<readonly Finding[]> {
  const { vector, provider } = subject
  const { headers = subject.headers, body = subject.body.slice(), keys = soleRing(subject), now = vector.now } = mistake
  const delivery = { headers: headers as HeadersInput, body, url: vector.url, method: vector.method }
  return explain(provider, keys as Keyring, delivery, { now })
}

function expectFirst(findings: readonly Finding[], expected: Expectation, subject: Subject): void {
  const [first] = findings
  const { code, certain = true, says = '', together } = expected
  const wanted = `first a finding '${code}'${certain ? '' : ', not certain'}${says && ` that says "${says}"`}`
  const seen = findings.map((one) => `'${one.code}'${one.certain ? '' : ' (not certain)'} ${one.summary}`).join(' | ')
  if (first === undefined) fail(wanted, 'no finding')
  const fits = first.code === code && first.certain === certain && first.summary.includes(says)
  expectThat(fits, wanted, seen)
  for (const { fix } of findings) expectThat(isSentence(fix), 'a fix in one sentence', fix)
  if (together !== undefined)
    expectThat(`${first.together}` === `${together}`, `together with ${together}`, `${first.together}`)
  expectNoSecret(findings, subject)
}

/** One, from its capital to its full stop. */
function isSentence(text: string): boolean {
  return /^[A-Z].*\.$/s.test(text) && !/[.?!] +[A-Z]/.test(text)
}

/** Findings are for logs: no secret stands in them, and no signature. */
function expectNoSecret(findings: readonly Finding[], { key, signatures }: Subject): void {
  const printed = JSON.stringify(findings)
  const kept = [key.secret, ...signatures.flatMap(({ candidates }) => candidates.map(({ text }) => text))]
  expectThat(!kept.some((text) => printed.includes(text)), 'no secret and no signature in a finding', printed)
}
