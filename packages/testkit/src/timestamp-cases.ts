import type { RejectReason } from '@countersign/core'
import { expectRefused, expectThat, expectVerified } from './expect.js'
import { freshHeaders, headersWithStamp, stampOf } from './fresh-mac.js'
import { malformedStamps } from './malformed-stamps.js'
import { type HmacSubject, judge, withoutHeaders } from './subject.js'
import { soleRing } from './subject-keys.js'
import { type SuiteCase, suiteCase } from './suite-case.js'

const DEFAULT_TOLERANCE_SECONDS = 300
const TEN_YEARS_MS = 10 * 365 * 24 * 60 * 60 * 1000

/** A stamp as the cases need it: what it says, and whether it has a header of its own. */
interface Stamp {
  readonly text: string
  readonly header?: string
  readonly sentAt: number
}

/** Of schemes with a signed stamp: old and future ones are stale, and anything that is not strictly a stamp is none. */
export function timestampCases(subject: HmacSubject): readonly SuiteCase[] {
  const found = stampOf(subject)
  if (found === undefined) return []
  const stamp = { ...found, sentAt: instantOf(found.text, subject.scheme.timestamp?.unit) }
  return [
    ...clockCases(subject, stamp),
    ...otherStampCases(subject, stamp),
    ...malformedStampCases(subject, stamp),
    ...(stamp.header === undefined ? [] : headerCases(subject, stamp, stamp.header)),
  ]
}

/** Only for good stamps, so it need not be strict. */
function instantOf(text: string, unit: 's' | 'ms' | 'auto' = 'auto'): number {
  if (!/^\d+$/.test(text)) return Date.parse(text)
  return unit === 's' || (unit === 'auto' && text.length === 10) ? Number(text) * 1000 : Number(text)
}

/** Only the clock moves. The ring has no dates, so that no key changes its state with it. */
function clockCases(subject: HmacSubject, { sentAt }: Stamp): readonly SuiteCase[] {
  const ring = soleRing(subject)
  const tolerance = (subject.provider.toleranceSeconds ?? DEFAULT_TOLERANCE_SECONDS) * 1000
  const fresh = [
    { name: 'as old as the tolerance allows, to the millisecond,', now: sentAt + tolerance },
    { name: 'as far ahead as the tolerance allows, to the millisecond,', now: sentAt - tolerance },
    { name: 'of this very moment', now: sentAt },
  ]
  const stale: readonly { name: string; now: number; reason: RejectReason }[] = [
    { name: 'one millisecond older than the tolerance allows', now: sentAt + tolerance + 1, reason: 'too-old' },
    { name: 'one millisecond further ahead than it allows', now: sentAt - tolerance - 1, reason: 'too-new' },
    { name: 'ten years old', now: sentAt + TEN_YEARS_MS, reason: 'too-old' },
    { name: 'ten years ahead (defect: only the past is bounded)', now: sentAt - TEN_YEARS_MS, reason: 'too-new' },
  ]
  return [
    ...fresh.map(({ name, now }) =>
      suiteCase(`timestamp: ${name} verifies, and the verdict says when it was sent`, async () => {
        const { timestamp } = await expectVerified(subject, { now, ring })
        expectThat(timestamp === sentAt, `timestamp ${sentAt} in the verdict`, String(timestamp))
      }),
    ),
    ...stale.map(({ name, now, reason }) =>
      suiteCase(`timestamp: ${name} is ${reason}`, async () => {
        await expectRefused(judge(subject, { now, ring }), reason)
      }),
    ),
    suiteCase('timestamp: ten years old with another body is no-matching-key: the MAC decides first', async () => {
      const change = { now: sentAt + TEN_YEARS_MS, ring, body: 'another body' }
      await expectRefused(judge(subject, change), 'no-matching-key')
    }),
  ]
}

/** Every digit is under the MAC. */
function otherStampCases(subject: HmacSubject, { text }: Stamp): readonly SuiteCase[] {
  const digits = [...text].flatMap((character, at) => (/\d/.test(character) ? [at] : []))
  return digits.map((at, index) =>
    suiteCase(`timestamp: its digit ${index + 1} changed is refused`, async () => {
      // Never to 0, which is malformed in front.
      const digit = (Number(text[at]) % 9) + 1
      const headers = headersWithStamp(subject, text.slice(0, at) + digit + text.slice(at + 1))
      await expectRefused(judge(subject, { headers }), 'no-matching-key', 'timestamp-malformed')
    }),
  )
}

function malformedStampCases(subject: HmacSubject, stamp: Stamp): readonly SuiteCase[] {
  const isParsed = stamp.header === undefined
  // A parser may find the junk malformed itself, or read a part of it, which then is not what was signed.
  const parserReasons: RejectReason[] = isParsed ? ['malformed-signature', 'no-matching-key'] : []
  const reasons: RejectReason[] = ['timestamp-malformed', 'timestamp-missing', ...parserReasons]
  return malformedStamps(stamp.text)
    .filter(({ mayBeGrammar }) => !(mayBeGrammar && isParsed))
    .flatMap(({ name, text }) => [
      suiteCase(`timestamp: ${name} is refused`, async () => {
        const headers = headersWithStamp(subject, text)
        await expectRefused(judge(subject, { headers }), ...reasons)
      }),
      suiteCase(`timestamp: ${name}, and signed so, is refused`, async () => {
        const headers = await freshHeaders(subject, { timestamp: text })
        await expectRefused(judge(subject, { headers }), ...reasons)
      }),
    ])
}

function headerCases(subject: HmacSubject, { text }: Stamp, header: string): readonly SuiteCase[] {
  return [
    suiteCase('timestamp: without its header is timestamp-missing', async () => {
      const headers = withoutHeaders(subject.headers, [header])
      await expectRefused(judge(subject, { headers }), 'timestamp-missing')
    }),
    suiteCase('timestamp: its header twice is timestamp-malformed', async () => {
      const headers = { ...subject.headers, [header]: [text, text] }
      await expectRefused(judge(subject, { headers }), 'timestamp-malformed')
    }),
  ]
}
