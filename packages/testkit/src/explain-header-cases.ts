import { mistakeCase } from './explain-mistake.js'
import { freshHeaders, freshMac, headersWithStamp, stampOf } from './fresh-mac.js'
import { type HmacSubject, isHmac, type Subject, unsignedHeaders } from './subject.js'
import type { SuiteCase } from './suite-case.js'

const MINUTE_MS = 60_000

/** The signature is in another header, or none; or the header holds something else. */
export function explainHeaderCases(subject: Subject): readonly SuiteCase[] {
  const unsigned = unsignedHeaders(subject)
  const [signature] = subject.signatures
  const alone = isHmac(subject) && subject.signatures.length === 1
  return [
    mistakeCase(subject, 'a header that was dropped', { code: 'signature-missing', says: 'The headers lack' }, () => ({
      headers: { 'Content-Type': 'application/json', ...unsigned },
    })),
    mistakeCase(
      subject,
      'a delivery of GitHub',
      { code: 'looks-like', certain: false, says: 'looks like GitHub' },
      () => ({
        headers: { ...unsigned, 'X-GitHub-Event': 'push', 'X-Hub-Signature-256': `sha256=${'0'.repeat(64)}` },
      }),
    ),
    ...(alone && signature !== undefined ? renamedCases(subject, signature.name, signature.text) : []),
    ...(isHmac(subject) ? [tokenCase(subject), ...stampCases(subject)] : [macCase(subject)]),
  ]
}

function renamedCases(subject: Subject, name: string, text: string): readonly SuiteCase[] {
  return [`X-Forwarded-${name}`, `HTTP_${name.toUpperCase().replaceAll('-', '_')}`].map((other) =>
    mistakeCase(subject, `a signature in ${other}`, { code: 'other-header', says: `of the header ${other}` }, () => ({
      headers: { ...unsignedHeaders(subject), [other]: text },
    })),
  )
}

/** The vendor sends the secret where a MAC is expected. */
function tokenCase(subject: HmacSubject): SuiteCase {
  const { key, signatures } = subject
  return mistakeCase(
    subject,
    'the secret itself in the header',
    { code: 'token-mode', says: 'is the secret itself' },
    () => ({
      headers: { ...subject.headers, ...Object.fromEntries(signatures.map(({ name }) => [name, key.secret])) },
    }),
  )
}

/** And the other way round. */
function macCase(subject: Subject): SuiteCase {
  return mistakeCase(
    subject,
    'a MAC in the header',
    { code: 'hmac-mode', says: 'HMAC-SHA256 of the body' },
    async () => {
      const scheme = {
        kind: 'hmac',
        hash: 'sha256',
        signature: { header: '', encoding: 'hex' },
        signed: ({ body }: { body: Uint8Array }) => [body],
      }
      const mac = await freshMac({ ...subject, scheme } as unknown as HmacSubject)
      return {
        headers: { ...subject.headers, ...Object.fromEntries(subject.signatures.map(({ name }) => [name, mac])) },
      }
    },
  )
}

function stampCases(subject: HmacSubject): readonly SuiteCase[] {
  const stamp = stampOf(subject)
  const { timestamp } = subject.scheme
  if (stamp === undefined || timestamp === undefined) return []
  const { now } = subject.vector
  const sign = (text: string) => async () => ({ headers: await freshHeaders(subject, { timestamp: text }) })
  const seconds = (at: number) => (timestamp.unit === 'ms' ? String(at) : String(Math.floor(at / 1000)))
  const unit = timestamp.unit === 's' ? String(now) : String(now * 1000)
  return [
    mistakeCase(
      subject,
      'a clock that is ahead',
      { code: 'clock-skew', says: '11 minutes behind this clock' },
      sign(seconds(now - 11 * MINUTE_MS)),
    ),
    mistakeCase(
      subject,
      'a clock that is behind',
      { code: 'clock-skew', says: '11 minutes ahead of this clock' },
      sign(seconds(now + 11 * MINUTE_MS)),
    ),
    mistakeCase(subject, 'a timestamp in another unit', { code: 'timestamp-unit' }, sign(unit)),
    mistakeCase(subject, 'a timestamp that was rewritten', { code: 'timestamp-unit', says: 'rewritten' }, async () => {
      const signed = { ...subject, ...(await signedAt(subject, seconds(now))) }
      return {
        headers: headersWithStamp(signed, new Date(Math.floor(now / 1000) * 1000).toISOString().replace('.000Z', 'Z')),
      }
    }),
  ]
}

async function signedAt(subject: HmacSubject, timestamp: string): Promise<Pick<HmacSubject, 'headers'>> {
  return { headers: await freshHeaders(subject, { timestamp }) }
}
