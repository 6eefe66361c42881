import { createHash, createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { explain } from '../../src/explain.js'
import { keyring, type Provider, secret } from '../../src/index.js'
import { listVendor, plainVendor, policies, slottedVendor, stampedVendor, tokenVendor } from '../vendors.js'

// What is found is told to people, who act on its words: here they stand in full.

const SECRET = 'a-secret-of-the-tests'
const NOW = Date.UTC(2026, 0, 1)
const STAMP = String(NOW / 1000)
const BODY = '{"id":1}'
const MINUTE_MS = 60_000

const mac = (content: string, encoding: 'hex' | 'base64' | 'base64url' = 'hex', hash = 'sha256', key = SECRET) =>
  createHmac(hash, key).update(content).digest(encoding)

interface Case {
  readonly provider?: Provider
  readonly keys?: unknown
  readonly headers?: Record<string, string> | readonly (readonly [string, string])[]
  readonly signature?: string
  readonly body?: unknown
  readonly maxMacs?: number
  readonly maxBodyBytes?: number
}

/**
 * Each finding as its lines: the code with what else a program reads, the summary, the fix. What stands last where nothing
 * is proven is shown alone.
 */
async function told({ provider = plainVendor(), keys = SECRET, body = BODY, ...asked }: Case): Promise<string> {
  const { headers = { 'X-Acme-Signature': asked.signature ?? mac(BODY) }, ...options } = asked
  const delivery = { headers, body } as never
  const findings = await explain(provider, keys as never, delivery, { now: NOW, ...options })
  const shown = findings.filter(({ code }, index) => index === 0 || code !== 'nothing-matched')
  const lines = shown.map(({ code, summary, fix, keyId, certain, together, signedContent }) => {
    const marks = [
      keyId,
      certain && 'certain',
      together && `together with ${together}`,
      signedContent && 'with content',
    ]
    return [[code, ...marks].filter((mark) => mark).join(', '), summary, fix].join('\n')
  })
  return `\n${lines.join('\n\n')}\n`
}

describe('a delivery with which nothing is proven', () => {
  it('of another vendor', async () => {
    expect(await told({ headers: { 'Stripe-Signature': 'x' } })).toMatchInlineSnapshot(`
      "
      looks-like
      This looks like Stripe: it has the header stripe-signature, and not X-Acme-Signature.
      Send Stripe's deliveries to a route of their own, with a provider for them.

      signature-missing, certain
      The headers lack X-Acme-Signature; there are: Stripe-Signature.
      See that a secret is set at the vendor, that this is its header, and that no proxy drops it.
      "
    `)
    expect(await told({ headers: { 'X-Autify-Signature': 'x' } })).toMatchInlineSnapshot(`
      "
      looks-like
      This looks like Autify: it has the header x-autify-signature, and not X-Acme-Signature.
      Verify it with @countersign/autify.

      signature-missing, certain
      The headers lack X-Acme-Signature; there are: X-Autify-Signature.
      See that a secret is set at the vendor, that this is its header, and that no proxy drops it.
      "
    `)
  })

  it('without a signature or a timestamp', async () => {
    expect(await told({ headers: {} })).toMatchInlineSnapshot(`
      "
      signature-missing, certain
      The headers lack X-Acme-Signature; there are: none at all.
      See that a secret is set at the vendor, that this is its header, and that no proxy drops it.
      "
    `)
    const headers = { 'X-Acme-Signature': mac('other') }
    expect(await told({ provider: stampedVendor(), headers })).toMatchInlineSnapshot(`
      "
      timestamp-missing, certain
      The headers lack the timestamp X-Acme-Timestamp; there are: X-Acme-Signature.
      See that a secret is set at the vendor, that this is its header, and that no proxy drops it.
      "
    `)
  })

  it('with a malformed one', async () => {
    expect(await told({ signature: 'abc' })).toMatchInlineSnapshot(`
      "
      signature-malformed, certain
      Received: X-Acme-Signature of 3 characters. Expected: X-Acme-Signature: 64 characters of hex (HMAC-SHA256 of <body>).
      Compare the header with what the vendor documents; if it looks right there, something on the way changed it.
      "
    `)
    expect(await told({ signature: `${mac('other')}, ${mac('another')}` })).toMatchInlineSnapshot(`
      "
      signature-malformed, certain
      Received: X-Acme-Signature of 130 characters, with 64 characters of hex. Expected: X-Acme-Signature: 64 characters of hex (HMAC-SHA256 of <body>).
      Compare the header with what the vendor documents; if it looks right there, something on the way changed it.
      "
    `)
    const headers = { 'X-Acme-Signature': mac('other'), 'X-Acme-Timestamp': 'yesterday' }
    expect(await told({ provider: stampedVendor(), headers })).toMatchInlineSnapshot(`
      "
      timestamp-malformed, certain
      Received: X-Acme-Timestamp of 9 characters. Expected: a timestamp in seconds.
      Compare the header with what the vendor documents; if it looks right there, something on the way changed it.
      "
    `)
  })

  it('that is no more than what it seems', async () => {
    expect(await told({ signature: mac('other') })).toMatchInlineSnapshot(`
      "
      nothing-matched
      Nothing would make it verify with 'key-1'. Received: X-Acme-Signature of 64 characters, with 64 characters of hex, and a body of 8 bytes. Expected: X-Acme-Signature: 64 characters of hex (HMAC-SHA256 of <body>).
      Check next whether this is the secret of this very endpoint and environment (test or live) at Acme, and whether the body is what arrived, byte for byte; if both are sure, \`infer\` tells which scheme fits.
      "
    `)
    const two = keyring([
      { id: 'one', secret: SECRET },
      { id: 'two', secret: `${SECRET}-2` },
    ])
    expect(await told({ signature: mac('other'), keys: two, maxMacs: 3 })).toMatchInlineSnapshot(`
      "
      nothing-matched
      Nothing would make it verify with 'one', 'two'. Received: X-Acme-Signature of 64 characters, with 64 characters of hex, and a body of 8 bytes. Expected: X-Acme-Signature: 64 characters of hex (HMAC-SHA256 of <body>).
      Check next whether this is the secret of this very endpoint and environment (test or live) at Acme, and whether the body is what arrived, byte for byte; if both are sure, \`infer\` tells which scheme fits.

      budget-reached
      It stopped after 3 MACs, and not everything was tried.
      Raise maxMacs, or give fewer keys.
      "
    `)
  })

  it('whose body tells something', async () => {
    const signature = mac('other')
    const withLength = (length: string) => ({ 'X-Acme-Signature': signature, 'content-length': length })
    expect(await told({ signature, body: '' })).toMatchInlineSnapshot(`
      "
      body-empty
      The body is empty: a parser may have read it before.
      Verify the raw bytes that arrived, before anything parses them: in Express, express.raw() on this route before express.json().
      "
    `)
    expect(await told({ headers: withLength('8'), body: '' })).toMatchInlineSnapshot(`
      "
      body-empty, certain
      The body is empty, and Content-Length says that 8 bytes arrived: a parser has read it before.
      Verify the raw bytes that arrived, before anything parses them: in Express, express.raw() on this route before express.json().
      "
    `)
    expect(await told({ signature, body: '[object Object]' })).toMatchInlineSnapshot(`
      "
      body-parsed, certain
      The body is the text [object Object]: a parser made an object of it, and that was made text.
      Verify the raw bytes that arrived, before anything parses them: in Express, express.raw() on this route before express.json().
      "
    `)
    expect(await told({ headers: withLength('9') })).toMatchInlineSnapshot(`
      "
      body-length, certain
      The body has 8 bytes, and Content-Length says 9: these are not the bytes that arrived.
      Verify the raw bytes that arrived, before anything parses them: in Express, express.raw() on this route before express.json().
      "
    `)
    expect(await told({ signature, body: 'Zo\ufffd' })).toMatchInlineSnapshot(`
      "
      body-decoded
      The body holds U+FFFD, which decoders put in the place of bytes that are no UTF-8: what was signed is lost.
      Verify the raw bytes that arrived, before anything makes text of them.
      "
    `)
    expect(await told({ body: {} })).toMatchInlineSnapshot(`
      "
      body-parsed, certain
      The body is not bytes but what a parser made of them.
      Verify the raw bytes that arrived, before anything parses them: in Express, express.raw() on this route before express.json().
      "
    `)
    expect(await told({ maxBodyBytes: 7 })).toMatchInlineSnapshot(`
      "
      body-too-large, certain
      The body is over 7 bytes, which is the most that is accepted; no MAC was made.
      Raise maxBodyBytes if the vendor really sends so much.
      "
    `)
  })
})

describe('a key or a secret', () => {
  const ring = (dates: object) => keyring([{ id: 'january', secret: SECRET, ...dates }])

  it('that can no longer be used', async () => {
    const signature = mac('other')
    expect(await told({ keys: ring({ notAfter: NOW - 1 }), signature })).toMatchInlineSnapshot(`
      "
      no-usable-key, certain
      No key of the ring can be used: 'january' expired or were revoked, and none of them makes this signature.
      Load the newer ring, or add the secret that the vendor uses now.
      "
    `)
    expect(await told({ keys: ring({ notAfter: NOW - 5 * MINUTE_MS }) })).toMatchInlineSnapshot(`
      "
      key-expired, january, certain
      Key 'january' would fit had it not expired 5 minutes ago.
      Finish the change of keys at the vendor, which still signs with this one; next time, let the old key retire for longer.
      "
    `)
    expect(await told({ keys: ring({ revokedAt: NOW - 3 * MINUTE_MS }) })).toMatchInlineSnapshot(`
      "
      key-revoked, january, certain
      Key 'january' would fit had it not been revoked 3 minutes ago.
      Change the secret at the vendor, which still signs with this one; where that was done already, someone else has the key: refusing is right.
      "
    `)
  })

  it('that is staged or retiring, and not all that is wrong', async () => {
    const body = `${BODY}\n`
    expect(await told({ keys: ring({ activeFrom: NOW + 1 }), body })).toMatchInlineSnapshot(`
      "
      body-newline, january, certain, with content
      Key 'january', which is staged, would fit with the body without the line break at its end.
      Take off the line break that was added: a text file or an editor adds one.
      "
    `)
    expect(await told({ keys: ring({ retireFrom: NOW - 1, notAfter: NOW + 1 }), body })).toMatchInlineSnapshot(`
      "
      body-newline, january, certain, with content
      Key 'january', which is retiring, would fit with the body without the line break at its end.
      Take off the line break that was added: a text file or an editor adds one.
      "
    `)
  })

  it('of the other slot', async () => {
    const headers = { 'X-Acme-primary': mac(BODY, 'hex', 'sha256', 'secret-of-second') }
    const keys = { primary: 'secret-of-first', secondary: 'secret-of-second' }
    expect(await told({ provider: slottedVendor() as never, keys, headers })).toMatchInlineSnapshot(`
      "
      other-slot, secondary, certain
      Key 'secondary' would fit if it were the key of slot 'primary': its signature stands in X-Acme-primary.
      Exchange the keys of the slots 'secondary' and 'primary', or the names of their headers: they are the wrong way round.
      "
    `)
  })

  it('that a verifier refuses', async () => {
    const keys = 'kept-as-it-is '
    expect(await told({ keys, signature: mac(BODY, 'hex', 'sha256', keys) })).toMatchInlineSnapshot(`
      "
      secret-white-space, certain
      The signature is right, and a verifier refuses this secret: it has white space at an edge.
      If the white space belongs to the secret, give secret(text, { verbatim: true }).
      "
    `)
    expect(await told({ keys: 'short', signature: mac(BODY, 'hex', 'sha256', 'short') })).toMatchInlineSnapshot(`
      "
      secret-too-short, certain
      The signature is right, and a verifier refuses this secret: it is shorter than 8 bytes.
      Choose a longer secret at the vendor, or give secret(text, { minBytes }) knowingly.
      "
    `)
  })
})

describe('a signature', () => {
  it('that is none, but a hash that anybody or whoever saw one can make', async () => {
    const hash = (content: string, name = 'sha256') => createHash(name).update(content).digest('hex')
    expect(await told({ signature: hash(SECRET + BODY) })).toMatchInlineSnapshot(`
      "
      plain-digest, key-1, certain
      X-Acme-Signature is the plain SHA256 of the secret of key 'key-1' followed by the body, and no HMAC.
      Have the sender make an HMAC (RFC 2104): a plain hash can be extended by whoever has seen one, so that nothing here accepts it.
      "
    `)
    expect(await told({ signature: hash(BODY + SECRET, 'sha512') })).toMatchInlineSnapshot(`
      "
      plain-digest, key-1, certain
      X-Acme-Signature is the plain SHA512 of the body followed by the secret of key 'key-1', and no HMAC.
      Have the sender make an HMAC (RFC 2104): a plain hash can be extended by whoever has seen one, so that nothing here accepts it.
      "
    `)
    expect(await told({ signature: hash(BODY, 'sha1') })).toMatchInlineSnapshot(`
      "
      plain-digest, certain
      X-Acme-Signature is the plain SHA1 of the body alone, which anybody can make, and no HMAC.
      Have the sender make an HMAC (RFC 2104): a plain hash can be extended by whoever has seen one, so that nothing here accepts it.
      "
    `)
  })

  it("in another vendor's header", async () => {
    expect(await told({ headers: { 'X-Hub-Signature-256': `sha256=${mac(BODY)}` } })).toMatchInlineSnapshot(`
      "
      looks-like, key-1, certain
      This looks like GitHub or Meta: its header X-Hub-Signature-256 holds what key 'key-1' makes, and X-Acme-Signature is expected.
      Send GitHub or Meta's deliveries to a route of their own, with a provider for them.
      "
    `)
    expect(await told({ headers: { 'X-Autify-Signature': mac(BODY) } })).toMatchInlineSnapshot(`
      "
      looks-like, key-1, certain
      This looks like Autify: its header X-Autify-Signature holds what key 'key-1' makes, and X-Acme-Signature is expected.
      Verify it with @countersign/autify.
      "
    `)
    expect(await told({ headers: { 'Webhook-Signature': mac(BODY) } })).toMatchInlineSnapshot(`
      "
      other-header, key-1, certain
      Key 'key-1' would fit with the signature of the header Webhook-Signature, where X-Acme-Signature is expected.
      Configure the header's name if the vendor sends Webhook-Signature; else keep what renames it (a proxy, a gateway, CGI) from doing so.
      "
    `)
  })

  it('in another header', async () => {
    expect(await told({ headers: { 'X-Other': mac(BODY) } })).toMatchInlineSnapshot(`
      "
      other-header, key-1, certain
      Key 'key-1' would fit with the signature of the header X-Other, where X-Acme-Signature is expected.
      Configure the header's name if the vendor sends X-Other; else keep what renames it (a proxy, a gateway, CGI) from doing so.
      "
    `)
  })

  it('of another hash', async () => {
    expect(await told({ signature: mac(BODY, 'hex', 'sha512') })).toMatchInlineSnapshot(`
      "
      other-hash, key-1, certain, together with signature-form
      Key 'key-1' would fit with HMAC-SHA512, where HMAC-SHA256 is expected, one of 2 things to mend.
      Set hash: 'sha512' if the vendor really uses it (an option of the adapter, or of defineProvider); else mend the sender.

      signature-form, key-1, certain, together with other-hash
      Key 'key-1' would fit with X-Acme-Signature in the form that the vendor documents: the right signature stands in it, but not at its place, one of 2 things to mend.
      Compare the whole header with the form in the adapter's README: a label, a separator or the timestamp is missing, or something is beside them.
      "
    `)
  })

  it('in another spelling', async () => {
    const inBase64 = listVendor(policies.overlap)
    expect(await told({ signature: mac(BODY).toUpperCase() })).toMatchInlineSnapshot(`
      "
      digest-case, key-1, certain
      Key 'key-1' would fit with the signature in lower case.
      Send the hex digits in lower case, as the vendor does: a MAC has one spelling here, so that it cannot be varied.
      "
    `)
    expect(await told({ signature: mac(BODY, 'base64') })).toMatchInlineSnapshot(`
      "
      digest-encoding, key-1, certain
      Key 'key-1' would fit with the signature read as base64, where hex is expected.
      Set encoding: 'base64' if the vendor really sends that (an option of the adapter, or of defineProvider); else mend the sender.
      "
    `)
    expect(await told({ signature: mac(BODY, 'base64').slice(0, -1) })).toMatchInlineSnapshot(`
      "
      digest-encoding, key-1, certain
      Key 'key-1' would fit with the signature read as base64 without padding, where hex is expected.
      Mend the sender: it has to write the bytes of the MAC as lower-case hex.
      "
    `)
    expect(await told({ provider: inBase64, signature: mac(BODY) })).toMatchInlineSnapshot(`
      "
      digest-encoding, key-1, certain
      Key 'key-1' would fit with the signature read as hex, where base64 is expected.
      Set encoding: 'hex' if the vendor really sends that (an option of the adapter, or of defineProvider); else mend the sender.
      "
    `)
    expect(await told({ provider: inBase64, signature: mac(BODY).toUpperCase() })).toMatchInlineSnapshot(`
      "
      digest-encoding, key-1, certain
      Key 'key-1' would fit with the signature read as upper-case hex, where base64 is expected.
      Mend the sender: it has to write the bytes of the MAC as padded standard base64.
      "
    `)
    expect(await told({ provider: inBase64, signature: mac(BODY, 'base64url') })).toMatchInlineSnapshot(`
      "
      digest-encoding, key-1, certain
      Key 'key-1' would fit with the signature read as base64url, where base64 is expected.
      Mend the sender: it has to write the bytes of the MAC as padded standard base64.
      "
    `)
    expect(await told({ provider: inBase64, signature: btoa(mac(BODY)) })).toMatchInlineSnapshot(`
      "
      digest-encoding, key-1, certain
      Key 'key-1' would fit with the signature read as base64 of hex, where base64 is expected.
      Mend the sender: it has to write the bytes of the MAC as padded standard base64.
      "
    `)
  })

  it('that was cut', async () => {
    expect(await told({ signature: mac(BODY).slice(0, 40) })).toMatchInlineSnapshot(`
      "
      digest-cut, key-1, certain
      Key 'key-1' would fit with the rest of the signature, of which only the first 20 bytes are there.
      Find what cuts the header (a column, a log, a proxy): a part of a MAC is never accepted.
      "
    `)
  })

  it('that is there more than once', async () => {
    expect(await told({ signature: `${mac(BODY)}, ${mac(BODY)}` })).toMatchInlineSnapshot(`
      "
      signature-repeated, key-1, certain
      Key 'key-1' would fit with the signature once in X-Acme-Signature: it stands there more than once.
      Find what adds X-Acme-Signature a second time (a proxy that copies headers), and have it sent once.
      "
    `)
    expect(await told({ signature: `${mac('other')}, ${mac(BODY)}` })).toMatchInlineSnapshot(`
      "
      signature-repeated, key-1, certain
      Key 'key-1' would fit with X-Acme-Signature once: another value stands beside the right one.
      Find what adds another X-Acme-Signature (a proxy that sets its own), and have it sent once.
      "
    `)
  })

  it('with something beside it', async () => {
    const signature = { header: 'X-Acme-Signature', encoding: 'hex', prefix: 'sha256=' } as const
    const provider = plainVendor({}, { signature })
    expect(await told({ signature: `sha256=${mac(BODY)}` })).toMatchInlineSnapshot(`
      "
      digest-prefix, key-1, certain
      Key 'key-1' would fit with nothing but the signature in X-Acme-Signature: something stands before it.
      Configure that prefix if the vendor sends it (defineProvider: signature.prefix); else have X-Acme-Signature sent without it.
      "
    `)
    expect(await told({ signature: `${mac(BODY)};v1` })).toMatchInlineSnapshot(`
      "
      digest-prefix, key-1, certain
      Key 'key-1' would fit with nothing but the signature in X-Acme-Signature: something stands behind it.
      Configure that prefix if the vendor sends it (defineProvider: signature.prefix); else have X-Acme-Signature sent without it.
      "
    `)
    expect(await told({ signature: ` ${mac(BODY)}` })).toMatchInlineSnapshot(`
      "
      header-white-space, key-1, certain
      Key 'key-1' would fit with X-Acme-Signature trimmed of white space.
      Pass the header on as HTTP has it, without white space at its edges: something adds a blank or a line break.
      "
    `)
    expect(await told({ provider })).toMatchInlineSnapshot(`
      "
      digest-prefix, key-1, certain
      Key 'key-1' would fit with 'sha256=' before the signature in X-Acme-Signature.
      Send X-Acme-Signature: sha256=<signature>, as the vendor does: something has taken the prefix off, or never wrote it.
      "
    `)
    expect(await told({ provider, signature: `v1=${mac(BODY)}` })).toMatchInlineSnapshot(`
      "
      digest-prefix, key-1, certain
      Key 'key-1' would fit with 'sha256=' before the signature in X-Acme-Signature, and not what stands there.
      Send X-Acme-Signature: sha256=<signature>, as the vendor does: something has taken the prefix off, or never wrote it.
      "
    `)
    expect(await told({ provider, signature: `sha256=${mac(BODY)};v1` })).toMatchInlineSnapshot(`
      "
      digest-prefix, key-1, certain
      Key 'key-1' would fit with nothing but 'sha256=' and the signature in X-Acme-Signature: something stands behind it.
      Configure that prefix if the vendor sends it (defineProvider: signature.prefix); else have X-Acme-Signature sent without it.
      "
    `)
    expect(await told({ provider, signature: `sha256=v1=${mac(BODY)}` })).toMatchInlineSnapshot(`
      "
      digest-prefix, key-1, certain
      Key 'key-1' would fit with nothing but 'sha256=' and the signature in X-Acme-Signature: something stands before it.
      Configure that prefix if the vendor sends it (defineProvider: signature.prefix); else have X-Acme-Signature sent without it.
      "
    `)
  })

  it('alone in a list, with white space', async () => {
    const provider = listVendor(policies.overlap)
    expect(await told({ provider, signature: ` ${mac(BODY, 'base64')}` })).toMatchInlineSnapshot(`
      "
      header-white-space, key-1, certain
      Key 'key-1' would fit with X-Acme-Signature trimmed of white space.
      Pass the header on as HTTP has it, without white space at its edges: something adds a blank or a line break.
      "
    `)
  })

  it('of a list, in another form', async () => {
    const signature = `${mac('other', 'base64')};${mac(BODY, 'base64')}`
    expect(await told({ provider: listVendor(policies.overlap), signature })).toMatchInlineSnapshot(`
      "
      signature-form, key-1, certain
      Key 'key-1' would fit with X-Acme-Signature in the form that the vendor documents: the right signature stands in it, but not at its place.
      Compare the whole header with the form in the adapter's README: a label, a separator or the timestamp is missing, or something is beside them.
      "
    `)
  })
})

describe('a token', () => {
  const provider = tokenVendor()

  it('where a MAC is expected', async () => {
    expect(await told({ signature: SECRET })).toMatchInlineSnapshot(`
      "
      token-mode, key-1, certain
      Key 'key-1' would fit in token mode: X-Acme-Signature is the secret itself, and no MAC.
      Set mode: 'token' where the adapter has it (or define a provider of kind 'token'), treat that header as a secret in your logs, and ask the vendor for signatures.
      "
    `)
    expect(await told({ headers: { 'X-Other': SECRET } })).toMatchInlineSnapshot(`
      "
      token-mode, key-1, certain
      Key 'key-1' would fit in token mode: X-Other is the secret itself, and no MAC.
      Set mode: 'token' where the adapter has it (or define a provider of kind 'token'), treat that header as a secret in your logs, and ask the vendor for signatures.
      "
    `)
  })

  it('that is a MAC', async () => {
    expect(await told({ provider, headers: { 'X-Acme-Token': mac(BODY) } })).toMatchInlineSnapshot(`
      "
      hmac-mode, key-1, certain
      Key 'key-1' would fit with X-Acme-Token read as HMAC-SHA256 of the body in hex, where the secret itself is expected.
      Leave the adapter's token mode: the vendor sends a MAC, which ties the body to the secret (\`mode: 'hmac'\`).
      "
    `)
  })

  it('in another header', async () => {
    expect(await told({ provider, headers: { 'X-Other': SECRET } })).toMatchInlineSnapshot(`
      "
      other-header, key-1, certain
      Key 'key-1' would fit with the token of the header X-Other, where X-Acme-Token is expected.
      Configure the header's name if the vendor sends X-Other; else keep what renames it from doing so.
      "
    `)
  })

  it('with something beside it', async () => {
    expect(await told({ provider, headers: { 'X-Acme-Token': `Bearer ${SECRET}` } })).toMatchInlineSnapshot(`
      "
      digest-prefix, key-1, certain
      Key 'key-1' would fit with nothing before the token: a word such as Bearer stands there.
      Define the provider with that prefix (defineProvider: scheme.prefix, 'Bearer ' for instance), or have the token sent without it.
      "
    `)
    expect(await told({ provider, headers: { 'X-Acme-Token': ` ${SECRET}` } })).toMatchInlineSnapshot(`
      "
      header-white-space, key-1, certain
      Key 'key-1' would fit with the header trimmed of white space.
      Pass the header on as HTTP has it, without white space at its edges.
      "
    `)
    expect(await told({ provider, headers: { 'X-Acme-Token': `${SECRET}, ${SECRET}` } })).toMatchInlineSnapshot(`
      "
      signature-repeated, key-1, certain
      Key 'key-1' would fit with the header once: it came more than once.
      Find what adds the header a second time (a proxy that copies headers), and have it sent once.
      "
    `)
    expect(await told({ provider, headers: { 'X-Acme-Token': `other, ${SECRET}` } })).toMatchInlineSnapshot(`
      "
      signature-repeated, key-1, certain
      Key 'key-1' would fit with the header once: another value stands beside the right one.
      Find what adds the header a second time (a proxy that copies headers), and have it sent once.
      "
    `)
  })
})

describe('a timestamp', () => {
  const stamped = (stamp: string, signed = stamp) => ({
    provider: stampedVendor(),
    headers: { 'X-Acme-Signature': mac(`${signed}.${BODY}`), 'X-Acme-Timestamp': stamp },
  })
  const seconds = (off: number) => String(NOW / 1000 + off)

  it('that is off', async () => {
    expect(await told(stamped(seconds(-301)))).toMatchInlineSnapshot(`
      "
      clock-skew, key-1, certain
      Key 'key-1' would fit if the timestamp, which is 5 minutes behind this clock, were within the 5 minutes that are allowed.
      If it has just arrived, set this clock right (NTP), which is ahead; if it was sent long ago, it is a late retry or a replay, and refusing it is right.
      "
    `)
    expect(await told(stamped(seconds(360)))).toMatchInlineSnapshot(`
      "
      clock-skew, key-1, certain
      Key 'key-1' would fit if the timestamp, which is 6 minutes ahead of this clock, were within the 5 minutes that are allowed.
      Set this clock right (NTP): it is behind; or the sender's is ahead.
      "
    `)
    expect(await told(stamped(seconds(-3 * 86_400)))).toMatchInlineSnapshot(`
      "
      clock-skew, key-1, certain
      Key 'key-1' would fit if the timestamp, which is 3 days behind this clock, were within the 5 minutes that are allowed.
      If it has just arrived, set this clock right (NTP), which is ahead; if it was sent long ago, it is a late retry or a replay, and refusing it is right.
      "
    `)
    expect(await told(stamped(seconds(5.5 * 3600)))).toMatchInlineSnapshot(`
      "
      clock-skew, key-1, certain
      Key 'key-1' would fit if the timestamp, which is 5 hours ahead of this clock, were within the 5 minutes that are allowed.
      Look for a local time that is taken for UTC, on either side: it is off by whole half hours.
      "
    `)
  })

  it('in another unit', async () => {
    expect(await told(stamped(String(NOW)))).toMatchInlineSnapshot(`
      "
      timestamp-unit, key-1, certain
      Key 'key-1' would fit with the timestamp read in milliseconds, which this provider is not defined for.
      Define the timestamp's unit as the vendor sends it: scheme.timestamp.unit is 's', 'ms' or 'auto'.
      "
    `)
    expect(await told(stamped(new Date(NOW).toISOString()))).toMatchInlineSnapshot(`
      "
      timestamp-unit, key-1, certain, with content
      Key 'key-1' would fit with the timestamp taken as it stands, as a date, which is not what this provider sends.
      Ask the vendor for the unit that it documents, or define the provider with that unit.
      "
    `)
    expect(await told(stamped(STAMP, String(NOW)))).toMatchInlineSnapshot(`
      "
      timestamp-unit, key-1, certain, with content
      Key 'key-1' would fit with the timestamp in milliseconds in the signed content: it was rewritten on the way.
      Pass the timestamp header on with the very characters that arrived.
      "
    `)
  })

  it('in another header', async () => {
    const headers = { 'X-Acme-Signature': mac(`${STAMP}.${BODY}`), 'X-Time': STAMP }
    expect(await told({ provider: stampedVendor(), headers })).toMatchInlineSnapshot(`
      "
      other-header, key-1, certain, with content
      Key 'key-1' would fit with the timestamp of the header X-Time, where X-Acme-Timestamp is expected.
      Configure the names of the headers if the vendor sends these; else keep what renames them (a proxy, a gateway, CGI) from doing so.
      "
    `)
  })
})

describe('a body', () => {
  const JSON_TEXT = '{"name":"Zo\u00eb","url":"https://a/b"}'

  /** Of a body that was signed, and another that is verified. */
  const changed = (signed: string | Uint8Array, body: string | Uint8Array) =>
    told({ signature: createHmac('sha256', SECRET).update(signed).digest('hex'), body })

  it('with another end or beginning', async () => {
    expect(await changed(BODY, `${BODY}\r\n`)).toMatchInlineSnapshot(`
      "
      body-newline, key-1, certain, with content
      Key 'key-1' would fit with the body without the line break at its end.
      Take off the line break that was added: a text file or an editor adds one.
      "
    `)
    expect(await changed(`${BODY}\n`, BODY)).toMatchInlineSnapshot(`
      "
      body-newline, key-1, certain, with content
      Key 'key-1' would fit with the body plus a line feed at its end.
      Keep the line break at the end of the body, which something trims: verify the raw bytes that arrived.
      "
    `)
    expect(await changed(`${BODY}\r\n`, BODY)).toMatchInlineSnapshot(`
      "
      body-newline, key-1, certain, with content
      Key 'key-1' would fit with the body plus a carriage return and a line feed at its end.
      Keep the line break at the end of the body, which something trims: verify the raw bytes that arrived.
      "
    `)
    expect(await changed(BODY, `\ufeff${BODY}`)).toMatchInlineSnapshot(`
      "
      body-bom, key-1, certain, with content
      Key 'key-1' would fit with the body without the byte order mark at its beginning.
      Do not write a byte order mark: whatever saves or sends the body as "UTF-8 with BOM" adds it.
      "
    `)
    expect(await changed(`\ufeff${BODY}`, BODY)).toMatchInlineSnapshot(`
      "
      body-bom, key-1, certain, with content
      Key 'key-1' would fit with the body plus a byte order mark at its beginning.
      Keep the byte order mark, which decoding text drops: verify the raw bytes that arrived.
      "
    `)
  })

  it('with other line ends', async () => {
    expect(await changed('a\nb', 'a\r\nb')).toMatchInlineSnapshot(`
      "
      body-line-ends, key-1, certain, with content
      Key 'key-1' would fit with the body in LF line ends, not CRLF.
      Leave line ends alone, which an editor, git (autocrlf) or a proxy converts: verify the raw bytes that arrived.
      "
    `)
    expect(await changed('a\r\nb', 'a\nb')).toMatchInlineSnapshot(`
      "
      body-line-ends, key-1, certain, with content
      Key 'key-1' would fit with the body in CRLF line ends, not LF.
      Leave line ends alone, which an editor, git (autocrlf) or a proxy converts: verify the raw bytes that arrived.
      "
    `)
  })

  it('that was wrapped', async () => {
    expect(await changed(BODY, JSON.stringify(BODY))).toMatchInlineSnapshot(`
      "
      body-wrapped, key-1, certain, with content
      Key 'key-1' would fit with the body as the text inside of this JSON string.
      Pass the body itself: it was put through JSON.stringify although it was text already.
      "
    `)
    expect(await changed(BODY, btoa(BODY))).toMatchInlineSnapshot(`
      "
      body-base64, key-1, certain, with content
      Key 'key-1' would fit with the body decoded from base64.
      Decode the body: gateways such as AWS API Gateway pass it as base64, with isBase64Encoded: true.
      "
    `)
  })

  it('in another character set', async () => {
    const asLatin1 = Buffer.from(JSON_TEXT, 'latin1')
    expect(await changed(JSON_TEXT, Buffer.from(JSON_TEXT).toString('latin1'))).toMatchInlineSnapshot(`
      "
      body-charset, key-1, certain, with content
      Key 'key-1' would fit with the body as it was before its bytes were read as latin1 and written as UTF-8.
      Verify the raw bytes that arrived, which something decoded with another character set than they have.
      "
    `)
    expect(await changed(JSON_TEXT, asLatin1)).toMatchInlineSnapshot(`
      "
      body-charset, key-1, certain, with content
      Key 'key-1' would fit with the body in UTF-8, and not in latin1.
      Verify the raw bytes that arrived, which something decoded with another character set than they have.
      "
    `)
    expect(await changed('a\u0301 \u20ac', '\u00e1 \u20ac')).toMatchInlineSnapshot(`
      "
      body-charset, key-1, certain, with content
      Key 'key-1' would fit with the body in Unicode's normal form NFD.
      Verify the raw bytes that arrived, the text of which something normalised.
      "
    `)
    expect(await changed('\u00e1 \u20ac', 'a\u0301 \u20ac')).toMatchInlineSnapshot(`
      "
      body-charset, key-1, certain, with content
      Key 'key-1' would fit with the body in Unicode's normal form NFC.
      Verify the raw bytes that arrived, the text of which something normalised.
      "
    `)
    expect(await changed(Buffer.from('\x80 \xe9', 'latin1'), '\u20ac \u00e9')).toMatchInlineSnapshot(`
      "
      body-charset, key-1, certain, with content
      Key 'key-1' would fit with the body as it was before its bytes were read as latin1 and written as UTF-8.
      Verify the raw bytes that arrived, which something decoded with another character set than they have.
      "
    `)
  })

  it('that is a form', async () => {
    const form = new URLSearchParams([['payload', BODY]]).toString()
    expect(await changed(BODY, form)).toMatchInlineSnapshot(`
      "
      body-form, key-1, certain, with content
      Key 'key-1' would fit with the body as the field "payload" of the form alone.
      Choose the content type application/json at the vendor, or verify what the vendor signs: the adapter signs the raw body.
      "
    `)
    expect(await changed('a=b+c', 'a=b%20c')).toMatchInlineSnapshot(`
      "
      body-form, key-1, certain, with content
      Key 'key-1' would fit with the body as the same form, its blanks written in the other way (+ or %20).
      Verify the raw bytes that arrived, before a body parser or a proxy writes them anew.
      "
    `)
    expect(await changed('a=b%20c', 'a=b+c')).toMatchInlineSnapshot(`
      "
      body-form, key-1, certain, with content
      Key 'key-1' would fit with the body as the same form, its blanks written in the other way (+ or %20).
      Verify the raw bytes that arrived, before a body parser or a proxy writes them anew.
      "
    `)
    expect(await changed('{"a":"b c","d":""}', 'a=b+c&d=')).toMatchInlineSnapshot(`
      "
      body-form, key-1, certain, with content
      Key 'key-1' would fit with the body as the JSON of the form's fields.
      Choose the content type application/json at the vendor, or verify what the vendor signs: the adapter signs the raw body.
      "
    `)
    expect(await changed(form, BODY)).toMatchInlineSnapshot(`
      "
      body-form, key-1, certain, with content
      Key 'key-1' would fit with the body as a form with the JSON in its field 'payload'.
      Verify the form as it arrived, of which something made JSON: in Express, express.raw() on this route before express.urlencoded().
      "
    `)
    expect(await changed('a=b+c&d=2', '{"a":"b c","d":2}')).toMatchInlineSnapshot(`
      "
      body-form, key-1, certain, with content
      Key 'key-1' would fit with the body as a form with a field for each key.
      Verify the form as it arrived, of which something made JSON: in Express, express.raw() on this route before express.urlencoded().
      "
    `)
    expect(await changed('a=b%20c&d=2', '{"a":"b c","d":2}')).toMatchInlineSnapshot(`
      "
      body-form, key-1, certain, with content
      Key 'key-1' would fit with the body as a form with a field for each key, and %20 for blanks.
      Verify the form as it arrived, of which something made JSON: in Express, express.raw() on this route before express.urlencoded().
      "
    `)
  })

  it('that was serialised anew', async () => {
    expect(await changed('', '{}')).toMatchInlineSnapshot(`
      "
      body-reserialised, key-1, certain, with content
      Key 'key-1' would fit with the body empty: a parser made {} of no body at all.
      Verify the raw bytes that arrived, before anything parses them: in Express, express.raw() on this route before express.json().
      "
    `)
    expect(await changed('{"b":1,"a":2}', '{ "b": 1, "a": 2 }')).toMatchInlineSnapshot(`
      "
      body-reserialised, key-1, certain, with content
      Key 'key-1' would fit with the body as compact JSON, the keys in the order received: it was parsed and serialised again since it was signed.
      Verify the raw bytes that arrived, before anything parses them: in Express, express.raw() on this route before express.json().
      "
    `)
    expect(await changed('{"b":1,"a":2}\n', '{ "b": 1, "a": 2 }')).toMatchInlineSnapshot(`
      "
      body-reserialised, key-1, certain, with content
      Key 'key-1' would fit with the body as compact JSON, the keys in the order received and a line feed at the end: it was parsed and serialised again since it was signed.
      Verify the raw bytes that arrived, before anything parses them: in Express, express.raw() on this route before express.json().
      "
    `)
    expect(await changed('{"a":2,"b":1}', '{"b":1,"a":2}')).toMatchInlineSnapshot(`
      "
      body-reserialised, key-1, certain, with content
      Key 'key-1' would fit with the body as compact JSON, keys sorted: it was parsed and serialised again since it was signed.
      Verify the raw bytes that arrived, before anything parses them: in Express, express.raw() on this route before express.json().
      "
    `)
  })

  it.each([
    ['two-space JSON', '{\n  "a": [\n    1,\n    {}\n  ]\n}'],
    ['JSON on one line with blanks behind commas and colons', '{"a": [1, {}]}'],
    ['four-space JSON', '{\n    "a": [\n        1,\n        {}\n    ]\n}'],
    ['tab-indented JSON', '{\n\t"a": [\n\t\t1,\n\t\t{}\n\t]\n}'],
    ['compact JSON', '{"a":[1,{}]}'],
  ])('as %s', async (style, signed) => {
    const received = signed === '{"a":[1,{}]}' ? '{"a": [1,{}]}' : '{"a":[1,{}]}'
    expect(await changed(signed, received)).toContain(
      `would fit with the body as ${style}, the keys in the order received: it was parsed and serialised again since`,
    )
  })

  it.each([
    ['nothing escaped that need not be', '{"a":"\u00eb/<>&\u2028"}', '{"a":"\\u00eb\\/<>&\\u2028"}'],
    ['non-ASCII characters escaped', '{"a":"\\u00eb/<"}', '{"a":"\u00eb/<"}'],
    ['slashes escaped', '{"a":"\u00eb\\/<"}', '{"a":"\u00eb/<"}'],
    ['non-ASCII characters and slashes escaped', '{"a":"\\u00eb\\/<"}', '{"a":"\u00eb/<"}'],
    ['<, > and & escaped', '{"a":"\u00eb/\\u003c\\u003e\\u0026\\u2028"}', '{"a":"\u00eb/<>&\u2028"}'],
    ['non-ASCII characters escaped in upper-case hex', '{"a":"\\u00EB/<"}', '{"a":"\u00eb/<"}'],
  ])('with %s', async (escapes, signed, received) => {
    expect(await changed(signed, received)).toContain(
      `would fit with the body as compact JSON, the keys in the order received, ${escapes}: it was parsed`,
    )
  })
})

describe('a secret that was meant otherwise', () => {
  /** Of the bytes that the vendor signs with, and of the text that was given for them. */
  const meant = (bytes: string | Uint8Array, keys: string) =>
    told({ keys, signature: createHmac('sha256', bytes).update(BODY).digest('hex') })

  it('at its edges', async () => {
    expect(await meant('the-secret', ' the-secret\n')).toMatchInlineSnapshot(`
      "
      secret-white-space, key-1, certain
      Key 'key-1' would fit with its secret trimmed of white space.
      Trim the secret: it was read from a file or pasted with a line break or a blank.
      "
    `)
    expect(await meant('the-secret', '"the-secret"')).toMatchInlineSnapshot(`
      "
      secret-quotes, key-1, certain
      Key 'key-1' would fit with its secret without the quotation marks.
      Give the secret without the quotation marks around it.
      "
    `)
    expect(await meant('the-secret\n', 'the-secret')).toMatchInlineSnapshot(`
      "
      secret-line-break, key-1, certain
      Key 'key-1' would fit with a line break at the end of its secret.
      Enter the secret at the vendor anew, without a line break at its end.
      "
    `)
  })

  it('as its bytes', async () => {
    const hex = '00112233445566778899aabbccddeeff'
    const bytes = Buffer.from('c3ffbe00112233445566778899aabbcc', 'hex')
    expect(await meant(Buffer.from(hex, 'hex'), hex)).toMatchInlineSnapshot(`
      "
      secret-encoding, key-1, certain
      Key 'key-1' would fit with its secret read as hex.
      Give secret(text, { encoding: 'hex' }).
      "
    `)
    expect(await meant(bytes, bytes.toString('base64'))).toMatchInlineSnapshot(`
      "
      secret-encoding, key-1, certain
      Key 'key-1' would fit with its secret read as base64.
      Give secret(text, { encoding: 'base64' }).
      "
    `)
    expect(await meant(bytes, bytes.toString('base64url'))).toMatchInlineSnapshot(`
      "
      secret-encoding, key-1, certain
      Key 'key-1' would fit with its secret read as base64url.
      Write it in standard base64 (+ and / for - and _, padded), and give secret(text, { encoding: 'base64' }).
      "
    `)
  })

  it('with or without its prefix', async () => {
    const bytes = Buffer.from('c3ffbe00112233445566778899aabbcc', 'hex')
    const base64 = bytes.toString('base64')
    expect(await meant(bytes, `whsec_${base64}`)).toMatchInlineSnapshot(`
      "
      secret-prefix, key-1, certain
      Key 'key-1' would fit with its secret without the prefix 'whsec_', read as base64.
      Give secret(text, { encoding: 'whsec' }), with its prefix.
      "
    `)
    expect(await meant(base64, `whsec_${base64}`)).toMatchInlineSnapshot(`
      "
      secret-prefix, key-1, certain
      Key 'key-1' would fit with its secret without the prefix 'whsec_'.
      Give the secret without its prefix.
      "
    `)
    expect(await meant(`whsec_${base64}`, base64)).toMatchInlineSnapshot(`
      "
      secret-prefix, key-1, certain
      Key 'key-1' would fit with 'whsec_' before the text of its secret.
      Give the secret with its 'whsec_', as plain text.
      "
    `)
    expect(await meant('the-secret', 'live_the-secret')).toMatchInlineSnapshot(`
      "
      secret-prefix, key-1, certain
      Key 'key-1' would fit with its secret without what stands before its first '_'.
      Give the secret without its prefix.
      "
    `)
    expect(await meant(bytes, `v1,${bytes.toString('hex')}`)).toMatchInlineSnapshot(`
      "
      secret-prefix, key-1, certain
      Key 'key-1' would fit with its secret without what stands before its first ',', read as hex.
      Give secret(text, { encoding: 'hex' }) of what stands behind the prefix.
      "
    `)
  })

  it('behind a prefix, in another encoding than that of the prefix', async () => {
    const bytes = Buffer.from('c3ffbe00112233445566778899aabbcc', 'hex')
    expect(await meant(bytes, `whsec_${bytes.toString('hex')}`)).toContain(
      "Give secret(text, { encoding: 'hex' }) of what stands behind the prefix.",
    )
    expect(await meant(bytes, `v1,${bytes.toString('base64')}`)).toContain(
      "Give secret(text, { encoding: 'base64' }) of what stands behind the prefix.",
    )
  })

  it('in its letters', async () => {
    expect(await meant('the-secret', 'The-Secret')).toMatchInlineSnapshot(`
      "
      secret-case, key-1, certain
      Key 'key-1' would fit with its secret in lower case.
      Compare the case of the letters of the secret with what the vendor shows.
      "
    `)
    expect(await meant('THE-SECRET', 'The-Secret')).toMatchInlineSnapshot(`
      "
      secret-case, key-1, certain
      Key 'key-1' would fit with its secret in upper case.
      Compare the case of the letters of the secret with what the vendor shows.
      "
    `)
  })

  it('in that it was decoded', async () => {
    const keys = secret('00112233445566778899aabbccddeeff', { encoding: 'hex' })
    const signature = mac(BODY, 'hex', 'sha256', '00112233445566778899aabbccddeeff')
    expect(await told({ keys, signature })).toMatchInlineSnapshot(`
      "
      secret-encoding, key-1, certain
      Key 'key-1' would fit with the text of its secret as it is, not decoded.
      Give the secret as plain text: secret(text) without an encoding.
      "
    `)
  })
})

describe('what is signed', () => {
  it.each([
    ['<timestamp>.<body>', `${STAMP}.${BODY}`],
    ['<id>.<timestamp>.<body>', `msg_1.${STAMP}.${BODY}`],
    ['<timestamp><body>', `${STAMP}${BODY}`],
    ['<timestamp>:<body>', `${STAMP}:${BODY}`],
    ['v0:<timestamp>:<body>', `v0:${STAMP}:${BODY}`],
    ['<body><timestamp>', `${BODY}${STAMP}`],
    ['<id><timestamp><body>', `msg_1${STAMP}${BODY}`],
    ['<method><url><body>', `POST${BODY}`],
  ])('is %s', async (content, signed) => {
    const headers = { 'X-Acme-Signature': mac(signed), 'X-Acme-Time': STAMP, 'Webhook-Id': 'msg_1' }
    expect(await told({ headers })).toContain(
      `would fit with ${content} as the signed content, where this provider signs <body>.\n` +
        'Choose the option of the adapter for that content, or define the provider with it: `infer` writes it.',
    )
  })
})
