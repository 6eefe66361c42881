import type { RejectReason } from '@countersign/core'
import { expectRefused, expectVerified } from './expect.js'
import { encodingOf } from './fresh-mac.js'
import { rewrite, type SignatureHeader } from './signature-header.js'
import { wrongTexts } from './signature-texts.js'
import { spellingsOf } from './spellings.js'
import { type HmacSubject, judge, unsignedHeaders } from './subject.js'
import { type SuiteCase, suiteCase } from './suite-case.js'

/** From a signature's text in the header, and its canonical form, another text. */
type Write = (wire: string, canonical: string) => string

/** What is no MAC of the right form is malformed, and is never repaired. */
export function signatureCases(subject: HmacSubject): readonly SuiteCase[] {
  const encoding = encodingOf(subject)
  const isParsed = subject.signatures.some((signature) => signature.isParsed)
  return [
    // One MAC has one spelling: the vendor's.
    ...spellingsOf(encoding).flatMap(({ name, write }) =>
      malformedCase(subject, `${name} (defect: two encodings of one MAC pass)`, (_, canonical) => write(canonical)),
    ),
    ...wrongTexts(encoding).flatMap(({ name, write, mayBeGrammar }) =>
      mayBeGrammar && isParsed ? grammarCase(subject, name, write) : malformedCase(subject, name, write),
    ),
    ...prefixCases(subject),
    ...headCases(subject),
  ]
}

/**
 * The delivery with all its signatures so written. A header in which one of them stays as it was is left out, since it
 * could still be good; no delivery at all where that holds of all headers.
 */
function respelled(subject: HmacSubject, write: Write): HmacSubject | undefined {
  const headers = subject.signatures.flatMap((header) => {
    let isChanged = true
    const text = rewrite(header, {
      candidate: ({ start, end, text: canonical }) => {
        const wire = header.text.slice(start, end)
        const written = write(wire, canonical)
        isChanged &&= written !== wire
        return written
      },
    })
    return isChanged ? [{ ...header, text }] : []
  })
  return headers.length === 0 ? undefined : withSignatures(subject, headers)
}

function withSignatures(subject: HmacSubject, signatures: readonly SignatureHeader[]): HmacSubject {
  const texts = Object.fromEntries(signatures.map(({ name, text }) => [name, text]))
  return { ...subject, signatures, headers: { ...unsignedHeaders(subject), ...texts } }
}

function malformedCase(subject: HmacSubject, name: string, write: Write): readonly SuiteCase[] {
  const other = respelled(subject, write)
  if (other === undefined) return []
  const reasons = reasonsFor(other)
  return [
    suiteCase(`signature: ${name} is ${reasons.join(' or ')}`, async () => {
      await expectRefused(judge(other), ...reasons)
    }),
  ]
}

/** A comma in a header of one signature reads as two of them. */
export function reasonsFor({ signatures: [first] }: HmacSubject): readonly RejectReason[] {
  if (first === undefined || first.isParsed || !first.text.includes(',')) return ['malformed-signature']
  // Where the prefix itself has a comma, it cannot tell.
  return first.prefix.includes(',') ? ['malformed-signature', 'ambiguous-signature'] : ['ambiguous-signature']
}

/** A header's own grammar may allow it between its parts. Then it verifies; else it is malformed. */
function grammarCase(subject: HmacSubject, name: string, write: Write): readonly SuiteCase[] {
  const other = respelled(subject, write)
  if (other === undefined) return []
  return [
    suiteCase(`signature: ${name} is malformed-signature, or verifies by the grammar of its header`, async () => {
      const { ok } = await judge(other)
      await (ok ? expectVerified(other) : expectRefused(judge(other), 'malformed-signature'))
    }),
  ]
}

const PREFIXES: readonly { name: string; write(prefix: string): string; mayBeGrammar?: boolean }[] = [
  { name: 'without its prefix (defect: a missing prefix passes)', write: () => '' },
  { name: 'with its prefix in upper case', write: (prefix) => prefix.toUpperCase() },
  { name: 'with its prefix in lower case', write: (prefix) => prefix.toLowerCase() },
  { name: 'with a space before its prefix', write: (prefix) => ` ${prefix}` },
  { name: 'with a space behind its prefix', write: (prefix) => `${prefix} `, mayBeGrammar: true },
  { name: 'with its prefix twice', write: (prefix) => prefix + prefix, mayBeGrammar: true },
]

function prefixCases(subject: HmacSubject): readonly SuiteCase[] {
  return PREFIXES.flatMap(({ name, write, mayBeGrammar }) => {
    const changed = subject.signatures
      .filter(({ prefix, isParsed }) => write(prefix) !== prefix && prefix !== '' && !(isParsed && mayBeGrammar))
      .map((one) => ({ ...one, text: write(one.prefix) + one.text.slice(one.prefix.length) }))
    if (changed.length === 0) return []
    const other = withSignatures(subject, changed)
    const reasons = reasonsFor(other)
    return [
      suiteCase(`signature: ${name} is ${reasons.join(' or ')}`, async () => {
        await expectRefused(judge(other), ...reasons)
      }),
    ]
  })
}

/** A parsed header whose beginning is cut off up to its first signature: a label, a stamp, or a prefix of the parser's own. */
function headCases(subject: HmacSubject): readonly SuiteCase[] {
  const cut = subject.signatures.flatMap((header) => {
    const start = header.candidates[0]?.start ?? 0
    return header.isParsed && start > 0 ? [{ ...header, text: header.text.slice(start) }] : []
  })
  if (cut.length === 0) return []
  const other = withSignatures(subject, cut)
  return [
    suiteCase('signature: without what stands before it (defect: a missing prefix passes) is refused', async () => {
      const reasons = ['malformed-signature', 'timestamp-malformed', 'timestamp-missing'] as const
      await expectRefused(judge(other), ...reasons)
    }),
  ]
}
