import { concatenate } from '../../bytes.js'
import { latin1, utf8 } from '../../encoding.js'
import type { Part } from '../../mac.js'
import type { Plan } from '../../plan.js'
import type { SignedMessage } from '../../scheme.js'
import { parseTimestamp } from '../../timestamp.js'
import type { Deviation } from '../deviations/deviation.js'
import type { HeaderEntry } from '../header-entries.js'
import { type Subject, signedParts } from '../subject.js'
import { CONTENT_FORMS } from './content-forms.js'
import { findDigests } from './digest-readings.js'
import { findStamps, otherUnits, readStamp } from './stamp-readings.js'

/** What may have been put under the MAC around a body. */
export interface ContentReading {
  /** Undefined: what the provider's scheme says. */
  readonly deviation: Deviation | undefined
  /** Undefined where the scheme cannot sign such a message. */
  readonly parts: (body: Uint8Array) => readonly Part[] | undefined
  readonly stamp: string | undefined
}

/** The content by the provider's scheme, and then other ones; each different from those before it. */
export function contentReadings(subject: Subject): readonly ContentReading[] {
  const readings = [...asConfigured(subject), ...withOtherStamps(subject), ...inOtherForms(subject)]
  const seen = new Set<string>()
  return readings.filter((reading) => {
    const parts = reading.parts(SAMPLE)
    const rendered = parts && latin1(concatenate(parts.map(bytesOf)).subarray(0, 4096))
    if (rendered === undefined || seen.has(rendered)) return false
    seen.add(rendered)
    return true
  })
}

/** No text, so that nothing that is put around it looks like it. */
const SAMPLE = new Uint8Array([0xff, 0x00, 0xfe])

export function bytesOf(part: Part): Uint8Array {
  return typeof part === 'string' ? utf8(part) : part
}

function asConfigured(subject: Subject): ContentReading[] {
  const { plan, message } = subject
  // Without a timestamp the content can be told, whatever became of the signature.
  const given = message ?? (plan.timestamp === undefined ? blankMessage(subject) : undefined)
  if (given === undefined) return []
  const parts = (body: Uint8Array) => signedParts(plan, { ...given, body })
  return [{ deviation: undefined, parts, stamp: plan.timestamp && given.timestamp }]
}

/** Stamps that the scheme does not take, but which stand there; and the stamp as something may have rewritten it. */
function withOtherStamps(subject: Subject): ContentReading[] {
  const { plan, message } = subject
  if (plan.timestamp === undefined) return []
  const own = message?.timestamp
  const given = message ?? blankMessage(subject)
  const found = findStamps(subject.entries, signatureHeaders(subject)).map(({ text }) => text)
  const rewritten = [own, ...found].flatMap((text) => {
    const stamp = text === undefined ? undefined : readStamp(text)
    return stamp === undefined ? [] : otherUnits(stamp)
  })
  return [...new Set([...found, ...rewritten])]
    .filter((text) => text !== own)
    .map((text) => ({
      deviation: stampDeviation(plan, text, found.includes(text)),
      parts: (body) => signedParts(plan, { ...given, body, timestamp: text }),
      stamp: text,
    }))
}

function stampDeviation(plan: Plan, text: string, isThere: boolean): Deviation | undefined {
  const { unit = 's', parse } = plan.timestamp ?? {}
  const isReadable = parseTimestamp(text, unit) !== undefined || parse?.(text) !== undefined
  // Then nothing is wrong with the stamp: what is wrong is where it stands, and that is told of the signature.
  if (isThere && isReadable) return undefined
  const { unit: name = 'another form' } = readStamp(text) ?? {}
  return {
    code: 'timestamp-unit',
    summary: isThere
      ? `with the timestamp taken as it stands, in ${name}, which is not what this provider sends`
      : `with the timestamp in ${name} in the signed content: it was rewritten on the way`,
    fix: isThere
      ? 'Ask the vendor for the unit that it documents, or define the provider with that unit.'
      : 'Pass the timestamp header on with the very characters that arrived.',
  }
}

function inOtherForms(subject: Subject): ContentReading[] {
  const { plan, message } = subject
  const given = message ?? blankMessage(subject)
  const stamps = findStamps(subject.entries, signatureHeaders(subject)).map(({ text }) => text)
  const expected = contentName(plan)
  return CONTENT_FORMS.flatMap((form) =>
    (form.name.includes('timestamp')
      ? [...new Set([given.timestamp, ...stamps])].filter((text) => text !== '')
      : ['']
    ).map(
      (timestamp): ContentReading => ({
        // In token mode nothing is signed, and nothing is expected of what is.
        deviation: expected === undefined && form === CONTENT_FORMS[0] ? undefined : otherContent(form.name, expected),
        parts: (body) => form.signed({ ...given, body, timestamp }),
        stamp: timestamp || undefined,
      }),
    ),
  )
}

function otherContent(name: string, expected: string | undefined): Deviation {
  return {
    code: 'signed-content',
    summary: `with ${name} as the signed content${expected === undefined ? '' : `, where this provider signs ${expected}`}`,
    fix: 'Choose the option of the adapter for that content, or define the provider with it: `infer` writes it.',
  }
}

/** What a provider signs, in signs: `<timestamp>.<body>`. */
export function contentName(plan: Plan): string | undefined {
  const signs = { timestamp: '<timestamp>', id: '<id>', url: '<url>', method: '<method>', body: utf8('<body>') }
  return signedParts(plan, signs)
    ?.map((part) => (typeof part === 'string' ? part : latin1(part)))
    .join('')
}

/** The message of headers that the scheme could not read. */
function blankMessage({ entries, body, plan }: Subject): SignedMessage {
  const id =
    entries.find(({ name }) => name.toLowerCase() === (plan.id?.header ?? 'webhook-id').toLowerCase()) ??
    idEntry(entries)
  return { body, timestamp: '', id: id?.value ?? '', url: '', method: 'POST' }
}

function idEntry(entries: readonly HeaderEntry[]): HeaderEntry | undefined {
  return entries.find(({ name, value }) => /(?:^|-)id$/i.test(name) && value.length <= 128)
}

/** Where a stamp may stand beside a signature: also in headers that hold one and should not. */
function signatureHeaders({ plan, entries }: Subject): readonly string[] {
  return [...plan.fields, ...findDigests(entries, [])].map(({ header }) => header)
}
