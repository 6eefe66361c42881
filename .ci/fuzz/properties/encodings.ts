import { deepStrictEqual, strictEqual } from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { decode, encode, isCanonical, type MacEngine, nodeEngine, webEngine } from '../core-internals.js'
import { anyEdit, anyTextOf } from '../texts.js'

const encodings = ['hex', 'base64'] as const
const anyEncoding = fc.constantFrom(...encodings)
const anyBytes = fc.uint8Array({ maxLength: 70 })
const ALPHABET = '0123456789abcdefABCDEFghXYZ+/=-_ ,\n'
const anyPiece = anyTextOf([...'09afAFgz+/=-_ \n', '==', 'AA==', 'AAA=', 'AB==', '00', 'ff'], 8)
const hashes = ['sha1', 'sha256', 'sha384', 'sha512'] as const

/** Node's own decoder takes many spellings; that it writes the same again is what makes one canonical. */
function decodedByNode(text: string, encoding: 'hex' | 'base64'): Buffer | undefined {
  const bytes = Buffer.from(text, encoding)
  return bytes.toString(encoding) === text ? bytes : undefined
}

function compare(text: string, encoding: 'hex' | 'base64'): void {
  const [ours, nodes] = [decode(text, encoding), decodedByNode(text, encoding)]
  deepStrictEqual(ours && [...ours], nodes && [...nodes])
  // Of all texts for the same bytes one is taken: the one that is written.
  if (ours) strictEqual(encode(ours, encoding), text)
}

const keys = hashes.map((hash) => {
  const secret = Buffer.from(`fake-secret-of-${hash}`.repeat(hash === 'sha384' ? 9 : 1))
  const prepared = ([nodeEngine, webEngine] as MacEngine[]).map((engine) => ({
    engine,
    key: engine.importKey(hash, secret),
  }))
  return { hash, secret, prepared }
})
const anyPart = fc.oneof(
  fc.uint8Array({ maxLength: 90 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constant('\ud800'),
)

export const encodingsAndMacs: Readonly<Record<string, fc.IRawProperty<unknown>>> = {
  'bytes-read-back': fc.property(anyBytes, anyEncoding, (bytes, encoding) => {
    const text = encode(bytes, encoding)
    strictEqual(text, Buffer.from(bytes).toString(encoding))
    deepStrictEqual(decode(text, encoding), bytes)
  }),

  'digits-one-spelling': fc.property(anyPiece, anyEncoding, compare),

  'digest-one-spelling': fc.property(anyBytes, anyEncoding, anyEdit(ALPHABET), (bytes, encoding, edit) => {
    compare(edit(encode(bytes, encoding)), encoding)
  }),

  'digest-well-formed': fc.property(
    fc.constantFrom(20, 32, 48, 64, 1, 0),
    fc.uint8Array({ minLength: 64, maxLength: 64 }),
    anyEncoding,
    anyEdit(ALPHABET),
    (length, bytes, encoding, edit) => {
      const text = edit(encode(bytes.subarray(0, length), encoding))
      // Its length is known where it is asked: half a byte is seen by that.
      const isWhole = encoding === 'base64' || text.length % 2 === 0
      strictEqual(isWhole && isCanonical(text, encoding), decodedByNode(text, encoding) !== undefined)
    },
  ),

  // What is derived from a secret has characters of one byte; what a sender writes has any.
  'texts-equal': fc.property(
    fc.string({ unit: fc.nat(255).map((code) => String.fromCharCode(code)), maxLength: 140 }),
    fc.oneof(fc.string({ unit: 'binary', maxLength: 8 }), fc.constant(undefined)),
    anyEdit('\u0163c\u0100\ufffd\ud800'),
    // A high surrogate at its end and a low one behind it would be one character together.
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    (expected, other, edit, prefix) => {
      const given = other ?? edit(expected)
      for (const engine of [nodeEngine, webEngine]) {
        strictEqual(engine.equal(expected, given), expected === given)
        strictEqual(engine.equal(expected, prefix + given, prefix.length), expected === given)
      }
    },
  ),

  'mac-as-node': fc.asyncProperty(
    fc.constantFrom(...keys),
    fc.array(anyPart, { maxLength: 4 }),
    anyEncoding,
    async ({ hash, secret, prepared }, parts, encoding) => {
      const expected = parts.reduce((hmac, part) => hmac.update(part), createHmac(hash, secret)).digest(encoding)
      for (const { engine, key } of prepared) strictEqual(await engine.mac(key, parts, encoding), expected)
    },
  ),
}
