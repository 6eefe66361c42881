import { sameBytes } from '../../bytes.js'
import { decode } from '../../decode.js'
import { utf8 } from '../../encoding.js'
import { materialOf, type Secret } from '../../secret.js'
import type { Deviation } from '../deviations/deviation.js'

/** What the key's bytes would be if the secret's text were meant in another way. */
export interface SecretReading {
  /** Undefined: as it was given. */
  readonly deviation: Deviation | undefined
  readonly bytes: Uint8Array
  /** What a token would be; undefined where the bytes are not a text's own. */
  readonly text: string | undefined
}

type Slip = readonly [deviation: Deviation, found: Uint8Array | string | undefined]

/** Ways to take a secret: first as it was given, then the usual slips. Each gives other bytes. */
export function secretReadings(secret: Secret): readonly SecretReading[] {
  const { text, bytes, encoding } = materialOf(secret)
  const readings: SecretReading[] = [{ deviation: undefined, bytes, text: encoding === 'utf8' ? text : undefined }]
  for (const [deviation, found] of slips(text)) {
    const isText = typeof found === 'string'
    const reading = isText ? utf8(found) : found
    // A key without bytes is none, and WebCrypto does not take it.
    if (!reading?.length || readings.some((one) => sameBytes(one.bytes, reading))) continue
    readings.push({ deviation, bytes: reading, text: isText ? found : undefined })
  }
  return readings
}

function slips(text: string): readonly Slip[] {
  const bare = unquoted(text.trim())
  return [...asText(text), ...edges(text), ...decodings(bare), ...prefixes(bare), ...cases(bare)]
}

/** Where it was decoded; else these are the bytes that it was given with. */
function asText(text: string): Slip[] {
  const fix = 'Give the secret as plain text: secret(text) without an encoding.'
  return [[{ code: 'secret-encoding', summary: 'with the text of its secret as it is, not decoded', fix }, text]]
}

function edges(text: string): Slip[] {
  const trimmed = text.trim()
  return [
    [
      {
        code: 'secret-white-space',
        summary: 'with its secret trimmed of white space',
        fix: 'Trim the secret: it was read from a file or pasted with a line break or a blank.',
      },
      trimmed,
    ],
    [
      {
        code: 'secret-quotes',
        summary: 'with its secret without the quotation marks',
        fix: 'Give the secret without the quotation marks around it.',
      },
      unquoted(trimmed),
    ],
    [
      {
        code: 'secret-line-break',
        summary: 'with a line break at the end of its secret',
        fix: 'Enter the secret at the vendor anew, without a line break at its end.',
      },
      `${trimmed}\n`,
    ],
  ]
}

function unquoted(text: string): string {
  const [first = ''] = text
  return text.length > 2 && '"\'`'.includes(first) && text.endsWith(first) ? text.slice(1, -1) : text
}

function decodings(text: string): Slip[] {
  return encodings(text).map(([name, found]) => [
    {
      code: 'secret-encoding',
      summary: `with its secret read as ${name}`,
      fix:
        name === 'base64url'
          ? "Write it in standard base64 (+ and / for - and _, padded), and give secret(text, { encoding: 'base64' })."
          : `Give secret(text, { encoding: '${name}' }).`,
    },
    found,
  ])
}

function encodings(text: string): readonly (readonly [name: string, bytes: Uint8Array | undefined])[] {
  const standard = text.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '')
  const padded = standard.padEnd(Math.ceil(standard.length / 4) * 4, '=')
  return [
    ['hex', decode(text.toLowerCase(), 'hex')],
    [/[-_]/.test(text) ? 'base64url' : 'base64', decode(padded, 'base64')],
  ]
}

/** A short word and a mark, such as `whsec_`, `sha256=` or `v1,`; and that of Standard Webhooks where there is none. */
function prefixes(text: string): Slip[] {
  const code = 'secret-prefix'
  const [prefix = '', mark = ''] = /^[A-Za-z0-9]{1,12}([_=:,])(?=.)/s.exec(text) ?? []
  // Any other may be a part of the secret, and is not to be shown.
  const what = prefix === 'whsec_' ? `the prefix '${prefix}'` : `what stands before its first '${mark}'`
  const summary = `with its secret without ${what}`
  const behind = text.slice(prefix.length)
  const decoded = encodings(behind).map(([name, found]): Slip => {
    const encoding = prefix === 'whsec_' && name === 'base64' ? 'whsec' : name
    const fix =
      encoding === 'whsec'
        ? "Give secret(text, { encoding: 'whsec' }), with its prefix."
        : `Give secret(text, { encoding: '${name}' }) of what stands behind the prefix.`
    return [{ code, summary: `${summary}, read as ${name}`, fix }, found]
  })
  const without: Slip[] = [[{ code, summary, fix: 'Give the secret without its prefix.' }, behind], ...decoded]
  const before = "with 'whsec_' before the text of its secret"
  return [
    ...(prefix === '' ? [] : without),
    [{ code, summary: before, fix: "Give the secret with its 'whsec_', as plain text." }, `whsec_${text}`],
  ]
}

function cases(text: string): Slip[] {
  const code = 'secret-case'
  const fix = 'Compare the case of the letters of the secret with what the vendor shows.'
  return [
    [{ code, summary: 'with its secret in lower case', fix }, text.toLowerCase()],
    [{ code, summary: 'with its secret in upper case', fix }, text.toUpperCase()],
  ]
}
