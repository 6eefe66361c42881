import { keyring, secret } from '@countersign/core'
import { concat, utf8 } from './bytes.js'
import { toBase64, toHex } from './digest-text.js'
import { mistakeCase } from './explain-mistake.js'
import { freshHeaders, headersWith } from './fresh-mac.js'
import { isHmac, type Subject } from './subject.js'
import { ringWith } from './subject-keys.js'
import type { SuiteCase } from './suite-case.js'

/** Thirty-two bytes of which no text is: their base64 has both characters that base64url has not. */
const BYTES = Uint8Array.from({ length: 32 }, (_, index) => (index * 37 + 251) & 0xff)
const TEXT = 'a-secret-of-the-suite'

/** The secret is the right one, and was given, or meant, in another form. */
export function explainSecretCases(subject: Subject): readonly SuiteCase[] {
  return [...textCases(subject), ...(isHmac(subject) ? byteCases(subject) : [])]
}

interface TextSlip {
  readonly name: string
  readonly code: string
  readonly says: string
  /** What the vendor has, and what was given here. */
  readonly vendor: string
  readonly given: string
}

const TEXT_SLIPS: readonly TextSlip[] = [
  { name: 'a secret with a line break', code: 'secret-white-space', says: 'trimmed', vendor: TEXT, given: `${TEXT}\n` },
  {
    name: 'a secret with a blank before it',
    code: 'secret-white-space',
    says: 'trimmed',
    vendor: TEXT,
    given: ` ${TEXT}`,
  },
  { name: 'a secret in quotation marks', code: 'secret-quotes', says: 'quotation', vendor: TEXT, given: `"${TEXT}"` },
  {
    name: "a line break in the vendor's secret",
    code: 'secret-line-break',
    says: 'line break',
    vendor: `${TEXT}\n`,
    given: TEXT,
  },
  {
    name: 'a secret with the prefix left on',
    code: 'secret-prefix',
    says: "'whsec_'",
    vendor: TEXT,
    given: `whsec_${TEXT}`,
  },
  {
    name: 'a secret with the prefix taken off',
    code: 'secret-prefix',
    says: "'whsec_'",
    vendor: `whsec_${TEXT}`,
    given: TEXT,
  },
  {
    name: 'a secret in the other case',
    code: 'secret-case',
    says: 'lower case',
    vendor: TEXT,
    given: TEXT.toUpperCase(),
  },
]

function textCases(subject: Subject): readonly SuiteCase[] {
  // What no header carries cannot be a token.
  const slips = TEXT_SLIPS.filter(({ vendor }) => isHmac(subject) || vendor.trim() === vendor)
  return slips.map(({ name, code, says, vendor, given }) =>
    mistakeCase(subject, name, { code, says }, async () => ({
      headers: await headersBy(subject, vendor),
      keys: subject.key.slot === undefined ? given : { [subject.key.slot]: given },
    })),
  )
}

function headersBy(subject: Subject, text: string): Record<string, string> | Promise<Record<string, string>> {
  return isHmac(subject) ? freshHeaders(subject, { secret: utf8(text) }) : headersWith(subject, () => text)
}

function byteCases(subject: Subject): readonly SuiteCase[] {
  if (!isHmac(subject)) return []
  const base64 = toBase64(BYTES)
  const base64url = base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
  const slips = [
    {
      name: 'a secret that stands for bytes in hex',
      code: 'secret-encoding',
      says: 'read as hex',
      given: toHex(BYTES),
    },
    {
      name: 'a secret that stands for bytes in base64',
      code: 'secret-encoding',
      says: 'read as base64',
      given: base64,
    },
    {
      name: 'a secret that stands for bytes in base64url',
      code: 'secret-encoding',
      says: 'read as base64url',
      given: base64url,
    },
    {
      name: 'a whsec_ secret as text',
      code: 'secret-prefix',
      says: "'whsec_', read as base64",
      given: `whsec_${base64}`,
    },
  ].map(({ name, code, says, given }) =>
    mistakeCase(subject, name, { code, says }, async () => ({
      headers: await freshHeaders(subject, { secret: BYTES }),
      keys: ringWith(subject, given),
    })),
  )
  const text = toHex(BYTES)
  return [
    ...slips,
    mistakeCase(
      subject,
      'a text secret that was decoded',
      { code: 'secret-encoding', says: 'not decoded' },
      async () => ({
        headers: await freshHeaders(subject, { secret: utf8(text) }),
        keys: keyring([{ id: subject.key.id, slot: subject.key.slot, secret: secret(text, { encoding: 'hex' }) }]),
      }),
    ),
    mistakeCase(
      subject,
      'two mistakes at once',
      { code: 'secret-white-space', says: 'one of 2 things', together: ['body-newline'] },
      async () => ({
        headers: await freshHeaders(subject, { secret: utf8(TEXT) }),
        keys: ringWith(subject, secret(`${TEXT} `, { verbatim: true })),
        body: concat(subject.body, '\n'),
      }),
    ),
  ]
}
