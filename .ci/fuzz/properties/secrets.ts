import { deepStrictEqual, strictEqual } from 'node:assert/strict'
import fc from 'fast-check'
import {
  CountersignError,
  exportKeyring,
  keyring,
  parseKeyring,
  reveal,
  type SecretEncoding,
  secret,
} from '../../../packages/core/src/index.js'
import { anyEdit, anyTextOf } from '../texts.js'

const PIECES = [...'09afAFgz+/=-_ \n\t', '==', 'whsec_', 'WHSEC_', 'AAAAAAAAAAA=', '00112233', '\ud800', '\ufeff', 'é']
const anyMade = fc
  .tuple(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.constantFrom('hex', 'base64', 'whsec', 'utf8'))
  .map(([bytes, as]) => {
    const text = Buffer.from(bytes)
    return as === 'whsec' ? `whsec_${text.toString('base64')}` : text.toString(as as 'hex')
  })
const anyText = fc.oneof(
  fc.tuple(anyMade, anyEdit('0aF=+/_ \n')).map(([text, edit]) => edit(text)),
  anyMade,
  anyTextOf(PIECES),
)

/** How long the key is that a text stands for, or undefined for none: with Node's decoders. */
function keyLength(text: string, encoding: SecretEncoding): number | undefined {
  if (text.trim() !== text || text === '') return undefined
  // A lone surrogate has no bytes.
  if (Buffer.from(text).toString() !== text) return undefined
  if (encoding === 'utf8') return Buffer.byteLength(text)
  if (encoding === 'whsec' && !text.startsWith('whsec_')) return undefined
  const digits = encoding === 'whsec' ? text.slice(6) : encoding === 'hex' ? text.toLowerCase() : text
  const bytes = Buffer.from(digits, encoding === 'hex' ? 'hex' : 'base64')
  return bytes.toString(encoding === 'hex' ? 'hex' : 'base64') === digits ? bytes.length : undefined
}

export const secrets = {
  'secret-of-text': fc.property(
    anyText,
    fc.constantFrom<SecretEncoding>('utf8', 'hex', 'base64', 'whsec'),
    fc.constantFrom(undefined, 1, 8, 32),
    (text, encoding, minBytes) => {
      const options = { encoding, ...(minBytes !== undefined && { minBytes }) }
      const length = keyLength(text, encoding)
      try {
        const made = secret(text, options)
        deepStrictEqual([made.byteLength, reveal(made)], [length, text])
        strictEqual(String(made) + JSON.stringify(made), '[secret]"[secret]"')
        const ring = keyring([{ id: 'a', secret: made }])
        strictEqual(exportKeyring(parseKeyring(exportKeyring(ring))), exportKeyring(ring))
      } catch (error) {
        if (!(error instanceof CountersignError)) throw error
        const isShort = length !== undefined && length < (minBytes ?? 8)
        strictEqual(error.code, isShort ? 'secret-too-short' : 'secret-malformed')
        strictEqual(length === undefined || isShort, true)
        // Words of ours may happen to be the text's; a text of some length has others.
        strictEqual(text.length >= 12 && error.message.includes(text), false)
      }
    },
  ),

  'secret-of-anything': fc.property(fc.anything(), fc.anything(), (text, encoding) => {
    try {
      secret(text as string, { encoding: encoding as SecretEncoding })
    } catch (error) {
      if (!(error instanceof CountersignError && /^secret-(malformed|too-short)$/.test(error.code))) throw error
    }
  }),
}
