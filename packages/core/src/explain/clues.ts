import type { Keyring } from '../keyring.js'
import type { AnyProvider } from '../provider.js'
import type { Rejected } from '../verdict.js'
import { bodyClues } from './body-clues.js'
import type { Finding } from './finding.js'
import { headerValue } from './header-entries.js'
import { vendorFix, vendorOf } from './known-vendors.js'
import { expectedShape, receivedShape } from './shape.js'
import type { Subject } from './subject.js'

/** What there is to see where nothing would verify: the telling first. The last one always says what to check next. */
export function clues(subject: Subject, provider: AnyProvider, ring: Keyring, verdict: Rejected): readonly Finding[] {
  const ofBody = bodyClues(subject)
  const missing = missingHeader(subject, verdict)
  return [
    ...ofBody.filter(({ certain }) => certain),
    ...otherVendor(subject),
    ...missing,
    ...malformed(subject, verdict),
    ...ofBody.filter(({ certain }) => !certain),
    nothingMatched(subject, provider, ring),
  ]
}

/** A header by which another vendor is known, unless the scheme reads that very header. */
function otherVendor({ entries, plan }: Subject): Finding[] {
  const isOwnThere = plan.fields.some(({ header }) => headerValue(entries, header) !== undefined)
  const vendor = vendorOf((header) => headerValue(entries, header) !== undefined)
  if (vendor === undefined || isOwnThere) return []
  const expected = plan.fields.map((field) => field.header).join(' or ')
  return [
    {
      code: 'looks-like',
      summary: `This looks like ${vendor.name}: it has the header ${vendor.header}, and not ${expected}.`,
      fix: vendorFix(vendor),
      certain: false,
    },
  ]
}

function missingHeader({ entries, plan }: Subject, { reason, detail }: Rejected): Finding[] {
  if (reason !== 'missing-signature' && reason !== 'timestamp-missing') return []
  const names = entries.map(({ name }) => name)
  const shown = names.slice(0, 12).join(', ') + (names.length > 12 ? ' and more' : '')
  return [
    {
      code: reason === 'missing-signature' ? 'signature-missing' : 'timestamp-missing',
      summary: `The headers lack ${reason === 'missing-signature' ? detail.replace(/^no /, '') : `the timestamp ${plan.timestamp?.header ?? 'beside the signature'}`}; there are: ${shown || 'none at all'}.`,
      fix: 'See that a secret is set at the vendor, that this is its header, and that no proxy drops it.',
      certain: true,
    },
  ]
}

const COMPARE =
  'Compare the header with what the vendor documents; if it looks right there, something on the way changed it.'

function malformed(subject: Subject, { reason }: Rejected): Finding[] {
  if (reason === 'timestamp-malformed') return [malformedStamp(subject)]
  if (reason !== 'malformed-signature' && reason !== 'ambiguous-signature') return []
  const { plan } = subject
  const summary = `Received: ${receivedSignature(subject)}. Expected: ${expectedShape(plan)}.`
  return [{ code: 'signature-malformed', summary, fix: COMPARE, certain: true }]
}

function malformedStamp(subject: Subject): Finding {
  const { header, unit = 's' } = subject.plan.timestamp ?? {}
  // Without a header of its own it stands beside the signature.
  const received = header === undefined ? receivedSignature(subject) : receivedShape(subject.entries, [header], true)
  const summary = `Received: ${received}. Expected: a timestamp in ${STAMP_UNITS[unit]}.`
  return { code: 'timestamp-malformed', summary, fix: COMPARE, certain: true }
}

const STAMP_UNITS = { s: 'seconds', ms: 'milliseconds', auto: 'seconds, milliseconds or RFC 3339' } as const

function receivedSignature({ plan, entries }: Subject): string {
  const headers = plan.fields.map(({ header }) => header)
  return receivedShape(entries, headers, plan.hash !== undefined)
}

function nothingMatched(subject: Subject, provider: AnyProvider, ring: Keyring): Finding {
  const { plan, body } = subject
  const keys = ring.keys.map(({ id }) => `'${id}'`).join(', ')
  return {
    code: 'nothing-matched',
    summary:
      `Nothing would make it verify with ${keys}. Received: ${receivedSignature(subject)}, and a body of ` +
      `${body.length} bytes. Expected: ${expectedShape(plan)}.`,
    fix:
      `Check next whether this is the secret of this very endpoint and environment (test or live) at ${provider.title}, and ` +
      'whether the body is what arrived, byte for byte; if both are sure, `infer` tells which scheme fits.',
    certain: false,
  }
}
