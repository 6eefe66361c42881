import { concatenate } from '../../bytes.js'
import { latin1, utf8 } from '../../encoding.js'
import type { Part } from '../../mac.js'
import type { Plan } from '../../plan.js'
import type { SignedMessage } from '../../scheme.js'
import { parseTimestamp } from '../../timestamp.js'
import type { Deviation } from '../deviations/deviation.js'
import { type MovedHeader, moved, movedDeviation } from '../deviations/moved-header.js'
import type { HeaderEntry } from '../header-entries.js'
import { type Subject, signedParts } from '../subject.js'
import { CONTENT_FORMS } from './content-forms.js'
import { findDigests } from './digest-readings.js'
import { type FoundStamp, findStamps, otherUnits, readStamp, unitWords } from './stamp-readings.js'

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
  const deviation = message === undefined ? movedDeviation([movedId(subject)]) : undefined
  return [{ deviation, parts, stamp: plan.timestamp && given.timestamp }]
}

/** Stamps that the scheme does not take, but which stand there; and the stamp as something may have rewritten it. */
function withOtherStamps(subject: Subject): ContentReading[] {
  const { plan, message } = subject
  if (plan.timestamp === undefined) return []
  const own = message?.timestamp
  const given = message ?? blankMessage(subject)
  const found = findStamps(subject.entries, signatureHeaders(subject))
  const isThere = (text: string) => found.some((stamp) => stamp.text === text)
  const rewritten = [own, ...found.map(({ text }) => text)].flatMap((text) => {
    const stamp = text === undefined ? undefined : readStamp(text)
    return stamp === undefined ? [] : otherUnits(stamp)
  })
  const read = (text: string, deviation: Deviation | undefined): ContentReading => ({
    deviation,
    parts: (body) => signedParts(plan, { ...given, body, timestamp: text }),
    stamp: text,
  })
  return [
    ...found.filter(({ text }) => text !== own).map((stamp) => read(stamp.text, foundDeviation(subject, stamp))),
    ...[...new Set(rewritten)]
      .filter((text) => text !== own && !isThere(text))
      .map((text) => read(text, rewrittenDeviation(text))),
  ]
}

function foundDeviation(subject: Subject, { text, unit: name, header }: FoundStamp): Deviation | undefined {
  // What is wrong is where it stands: told here, or of the signature if it should stand beside that.
  if (isReadable(subject.plan, text)) {
    return movedDeviation([moved('timestamp', header, subject.plan.timestamp?.header), movedId(subject)])
  }
  return {
    code: 'timestamp-unit',
    summary: `with the timestamp taken as it stands, ${unitWords(name)}, which is not what this provider sends`,
    fix: 'Ask the vendor for the unit that it documents, or define the provider with that unit.',
  }
}

function isReadable({ timestamp }: Plan, text: string): boolean {
  const { unit = 's', parse } = timestamp ?? {}
  try {
    return (parseTimestamp(text, unit) ?? parse?.(text)) !== undefined
  } catch {
    return false
  }
}

function rewrittenDeviation(text: string): Deviation {
  const { unit: name = 'another form' } = readStamp(text) ?? {}
  return {
    code: 'timestamp-unit',
    summary: `with the timestamp ${unitWords(name)} in the signed content: it was rewritten on the way`,
    fix: 'Pass the timestamp header on with the very characters that arrived.',
  }
}

function movedId({ plan, entries, message }: Subject): MovedHeader | undefined {
  return message === undefined && plan.id ? moved('id', signedId(entries, plan)?.name, plan.id.header) : undefined
}

function inOtherForms(subject: Subject): ContentReading[] {
  const { plan, message } = subject
  const blank = blankMessage(subject)
  // Of a scheme without an id the message has none, although the headers may.
  const given = message ? { ...message, id: message.id || blank.id } : blank
  const stamps = findStamps(subject.entries, signatureHeaders(subject)).map(({ text }) => text)
  const expected = contentName(plan)
  return CONTENT_FORMS.flatMap((form) =>
    (form.name.includes('timestamp')
      ? [...new Set([given.timestamp, ...stamps])].filter((text) => text !== '')
      : ['']
    ).map(
      (timestamp): ContentReading => ({
        // In token mode nothing is signed, and nothing is expected of what is.
        deviation: expected === undefined && form === CONTENT_FORMS[0] ? undefined : formDeviation(form.name, expected),
        parts: (body) => form.signed({ ...given, body, timestamp }),
        stamp: timestamp || undefined,
      }),
    ),
  )
}

function formDeviation(name: string, expected: string | undefined): Deviation {
  // It would have been found before, had the provider's own function signed it.
  if (name === expected) {
    return {
      code: 'signature-form',
      summary: `if this provider took such an id and timestamp: what is signed is ${name}, as it expects`,
      fix: "Compare the id and the timestamp with the forms in the adapter's README.",
    }
  }
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
  return { body, timestamp: '', id: signedId(entries, plan)?.value ?? '', url: '', method: 'POST' }
}

/** The header that is, or may be, a delivery's id. */
function signedId(entries: readonly HeaderEntry[], { id }: Plan): HeaderEntry | undefined {
  const wanted = id?.header.toLowerCase() ?? 'webhook-id'
  const isId = ({ name, value }: HeaderEntry) => /(?:^|-)id$/i.test(name) && value.length <= 128
  return entries.find(({ name }) => name.toLowerCase() === wanted) ?? entries.find(isId)
}

/** Where a stamp may stand beside a signature: also in headers that hold one and should not. */
function signatureHeaders({ plan, entries }: Subject): readonly string[] {
  return [...plan.fields, ...findDigests(entries, [])].map(({ header }) => header)
}
