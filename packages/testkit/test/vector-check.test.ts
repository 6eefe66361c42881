import { describe, expect, it } from 'vitest'
import { type ProviderVectors, providerSuite } from '../src/index.js'
import { acme, acmeVector, NOW, OLD, refusedVector } from './acme.js'

const good = acmeVector([OLD])

function suiteOf(...vectors: readonly unknown[]) {
  return () => providerSuite(acme(), { provider: 'acme', vectors } as ProviderVectors)
}

describe('vectors of the wrong form are refused, and the error says which field must be what', () => {
  it.each([
    ['no vectors', suiteOf(), 'vectors must be a list with at least one vector'],
    ['only invalid ones', suiteOf(refusedVector('too-old')), "at least one vector whose result is 'valid'"],
    ['no comment', suiteOf({ ...good, comment: '' }), 'vectors[0].comment must be text'],
    ['a misspelt field', suiteOf({ ...good, bodybase64: '' }), '.bodybase64 must be left out, or one of'],
    ['no keys', suiteOf({ ...good, keys: [] }), '.keys must be a list with at least one key'],
    ['a key without a secret', suiteOf({ ...good, keys: [{ id: 'december' }] }), '.keys[0].secret must be text'],
    ['a misspelt date', suiteOf({ ...good, keys: [{ id: 'a', secret: OLD, expires: 1 }] }), '.keys[0].expires must be'],
    ['an unknown encoding', suiteOf({ ...good, keys: [{ id: 'a', secret: OLD, encoding: 'hexa' }] }), "'utf8', 'hex'"],
    ['a list as a header', suiteOf({ ...good, headers: { a: ['b'] } }), ".headers['a'] must be text (join repeats"],
    ['a parsed body', suiteOf({ ...good, body: {} }), '.body must be the very text that was signed, not parsed JSON'],
    ['no body', suiteOf({ ...good, body: undefined }), "an empty body is body: ''"],
    ['two bodies', suiteOf({ ...good, bodyBase64: '' }), 'either body or bodyBase64'],
    [
      'a body in base64url',
      suiteOf({ ...good, body: undefined, bodyBase64: '_w==' }),
      'must be padded standard base64',
    ],
    ['a clock in seconds', suiteOf({ ...good, now: NOW / 1000 }), '1767225600 looks like seconds'],
    ['a clock in text', suiteOf({ ...good, now: '2026' }), '.now must be milliseconds since the epoch, a number'],
    ['an unknown result', suiteOf({ ...good, result: 'ok' }), ".result must be 'valid' or 'invalid'"],
    ['an unknown key', suiteOf({ ...good, keyId: 'march' }), "that matches: 'december', 'january'"],
    ['an unknown state', suiteOf({ ...good, keyState: 'expired' }), ".keyState must be 'active', 'staged', 'retiring'"],
    ['a reason beside acceptance', suiteOf({ ...good, reason: 'too-old' }), '.reason must be left out'],
    ['an unknown reason', suiteOf(good, refusedVector('forged')), ".reason must be 'missing-signature'"],
    [
      'a key beside a refusal',
      suiteOf(good, { ...refusedVector('too-old'), keyId: 'december' }),
      '.keyId must be left out',
    ],
    ['options for a provider that has none', suiteOf({ ...good, options: { a: 1 } }), 'pass the function that makes'],
    ['a short secret', suiteOf({ ...good, keys: [{ id: 'december', secret: 'short' }] }), 'under 8 bytes'],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(message)
  })

  it('vectors of another provider', () => {
    expect(() => providerSuite(acme(), { provider: 'other', vectors: [good] })).toThrow("must be 'acme'")
    expect(() => providerSuite(() => acme(), { provider: 'other', vectors: [good] })).toThrow("of provider 'other'")
  })

  it('no object at all', () => {
    expect(() => providerSuite(acme(), JSON.stringify({ vectors: [good] }) as never)).toThrow('as JSON.parse gives it')
  })
})
