import { decode } from './decode.js'
import { utf8 } from './encoding.js'
import { fail } from './errors.js'
import { isWholeText, OpaqueSecret, type Secret, type SecretEncoding, type SecretOptions } from './secret.js'

/**
 * Makes a secret from text.
 *
 * @throws CountersignError `secret-malformed` (not text, wrong encoding, a lone surrogate, white space at an edge unless
 * `verbatim`, only white space) or `secret-too-short` (fewer than `minBytes` bytes). No message holds the text.
 */
export function secret(text: string, options: SecretOptions = {}): Secret {
  const { encoding = 'utf8', minBytes = 8, verbatim } = options
  if (!isWholeText(text) || (text.trim() !== text && !verbatim)) fail('secret-malformed')
  const bytes = decodeSecret(text, encoding)
  if (!(bytes.length >= Math.max(minBytes, 1))) fail('secret-too-short', `under ${minBytes} bytes`)
  return new OpaqueSecret({ bytes, text, encoding })
}

function decodeSecret(text: string, encoding: SecretEncoding): Uint8Array {
  switch (encoding) {
    case 'utf8':
      return utf8(text)
    case 'hex':
      return decode(text.toLowerCase(), 'hex') ?? malformed('it is not hex: pairs of 0-9 and a-f')
    case 'base64':
      return decode(text, 'base64') ?? malformed('it is not padded standard base64: A-Z, a-z, 0-9, +, / and =')
    case 'whsec':
      // Standard Webhooks writes a secret as whsec_ and the base64 of its bytes.
      if (!text.startsWith('whsec_')) return malformed("it does not begin with 'whsec_'")
      return decode(text.slice(6), 'base64') ?? malformed("it is not 'whsec_' and padded standard base64")
    default:
      return malformed("there is no such encoding; use 'utf8', 'hex', 'base64' or 'whsec'")
  }
}

function malformed(problem: string): never {
  fail('secret-malformed', problem)
}
