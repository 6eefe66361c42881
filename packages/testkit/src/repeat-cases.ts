import type { HeadersInput, RejectReason } from '@countersign/core'
import { invert } from './bytes.js'
import { expectRefused, expectThat, expectVerified, verdictText } from './expect.js'
import { headersWithMacs } from './mac-cases.js'
import { rewrite } from './signature-header.js'
import { isHmac, judge, type Subject, unsignedHeaders } from './subject.js'
import { type SuiteCase, suiteCase } from './suite-case.js'

/** The ways in which a repeated header arrives, each from the values in their order. */
const FORMS: readonly { name: string; write(values: Values): HeadersInput }[] = [
  { name: 'as a list', write: (values) => Object.fromEntries(values) },
  {
    name: 'as two names of other case',
    write: (values) =>
      Object.fromEntries(
        values.flatMap(([name, [one, two]]) => [
          [name.toLowerCase(), one],
          [name.toUpperCase(), two],
        ]),
      ),
  },
  {
    name: 'as two entries',
    write: (values) =>
      values.flatMap(
        ([name, [one, two]]) =>
          [
            [name, one],
            [name, two],
          ] as const,
      ),
  },
  {
    name: 'joined with a comma',
    write: (values) => Object.fromEntries(values.map(([name, texts]) => [name, texts.join(', ')])),
  },
]

type Values = readonly (readonly [name: string, texts: readonly [string, string]])[]

/**
 * A repeated header is never silently resolved to one of its values: where it holds one signature it is ambiguous, else
 * the grammar of the header decides, and decides alike whichever value comes first.
 */
export function repeatCases(subject: Subject): readonly SuiteCase[] {
  const forms = [...FORMS, ...appended(subject)]
  return [
    ...forms.map(({ name, write }) => sameTwice(subject, `the signature twice, ${name},`, write)),
    ...(hasGrammarOfTokens(subject) ? [] : forms.map(({ name, write }) => goodAndOther(subject, name, write))),
    nineTimes(subject),
  ]
}

/** Of several tokens, a wrong one does no harm beside a good one; a repeat then makes wrong ones of those at its seam. */
function hasGrammarOfTokens({ scheme, signatures }: Subject): boolean {
  return scheme.kind === 'token' && signatures.some(({ isParsed }) => isParsed)
}

/** `Headers` takes bytes only. */
function appended({ signatures }: Subject): typeof FORMS {
  if (signatures.some(({ text }) => [...text].some((one) => one > '\u00ff'))) return []
  return [
    {
      name: 'by Headers.append',
      write: (values) => {
        const headers = new Headers()
        for (const [name, texts] of values) for (const text of texts) headers.append(name, text)
        return headers
      },
    },
  ]
}

type Write = (typeof FORMS)[number]['write']

function delivered(subject: Subject, write: Write, values: Values): HeadersInput {
  const others = Object.entries(unsignedHeaders(subject))
  const written = write(values)
  if (written instanceof Headers) {
    for (const [name, text] of others) written.append(name, text)
    return written
  }
  return Array.isArray(written) ? [...others, ...written] : { ...Object.fromEntries(others), ...written }
}

/** What a repeat may be called where the grammar of the header does not allow it. */
const REPEAT_REASONS: readonly RejectReason[] = ['malformed-signature', 'ambiguous-signature', 'timestamp-malformed']

function sameTwice(subject: Subject, name: string, write: Write): SuiteCase {
  const values = subject.signatures.map((header) => [header.name, [header.text, header.text]] as const)
  const change = { headers: delivered(subject, write, values) }
  if (subject.signatures.every(({ isParsed }) => !isParsed)) {
    return suiteCase(`repeats: ${name} is ambiguous-signature`, async () => {
      await expectRefused(judge(subject, change), 'ambiguous-signature')
    })
  }
  return suiteCase(`repeats: ${name} verifies by the grammar of its header, or is refused`, async () => {
    const { ok } = await judge(subject, change)
    await (ok ? expectVerified(subject, change) : expectRefused(judge(subject, change), ...REPEAT_REASONS))
  })
}

function goodAndOther(subject: Subject, form: string, write: Write): SuiteCase {
  const others = otherHeaders(subject)
  const pairs = subject.signatures.map((header) => ({
    name: header.name,
    good: header.text,
    other: others[header.name] ?? '',
  }))
  const first = delivered(
    subject,
    write,
    pairs.map(({ name, good, other }) => [name, [good, other]] as const),
  )
  const last = delivered(
    subject,
    write,
    pairs.map(({ name, good, other }) => [name, [other, good]] as const),
  )
  if (subject.signatures.every(({ isParsed }) => !isParsed)) {
    return suiteCase(
      `repeats: a good and another signature ${form}, in either order, are ambiguous-signature`,
      async () => {
        await expectRefused(judge(subject, { headers: first }), 'ambiguous-signature')
        await expectRefused(judge(subject, { headers: last }), 'ambiguous-signature')
      },
    )
  }
  return suiteCase(`repeats: a good and another signature ${form} get one verdict in either order`, async () => {
    const one = await judge(subject, { headers: first })
    const two = await judge(subject, { headers: last })
    const alike = one.ok === two.ok && (one.ok || two.ok || one.reason === two.reason)
    expectThat(alike, `the same in the other order as: ${verdictText(one)}`, verdictText(two))
  })
}

/** Well-formed, and good for nothing. */
function otherHeaders(subject: Subject): Record<string, string> {
  if (isHmac(subject)) return headersWithMacs(subject, invert)
  return Object.fromEntries(
    subject.signatures.map((header) => [header.name, rewrite(header, { candidate: ({ text }) => `${text}-not` })]),
  )
}

/** The caps decide how much work a delivery costs, not the sender. */
function nineTimes(subject: Subject): SuiteCase {
  return suiteCase('repeats: the signature header nine times is refused', async () => {
    const lists = subject.signatures.map(({ name, text }) => [name, Array.from({ length: 9 }, () => text)])
    const headers = { ...unsignedHeaders(subject), ...Object.fromEntries(lists) }
    await expectRefused(judge(subject, { headers }), ...REPEAT_REASONS)
  })
}
