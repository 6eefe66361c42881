import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict'
import fc from 'fast-check'
import type { Rejected, Verdict } from '../../../packages/core/src/index.js'
import { parseSignatures as parseOfGlobalCommerce } from '../../../packages/global-commerce/src/signature-header.js'
import { parseSignatures as parseOfOrangeLogic } from '../../../packages/orange-logic/src/signature-header.js'
import { anyEdit, anyTextOf } from '../texts.js'
import { type Vendor, vendors } from '../vendors.js'

const FORGED = ['0'.repeat(64), '0'.repeat(40), `${'A'.repeat(43)}=`, `${'A'.repeat(43)}A`, 'sha1=', 'sha256=']
const PIECES = [...' ,\t;=.\0', ', ', 'v1,', 'v1a,', 'v2,', 'v1=', 'v', '1767225600', '1767225600000', ...FORGED]
const anyHeader = anyTextOf(PIECES, 20)
const anyBody = fc.uint8Array({ maxLength: 40 })
const anyOtherHeaders = fc.dictionary(
  fc.constantFrom('webhook-id', 'webhook-timestamp', 'X-Secondary', 'x-primary', '__proto__'),
  fc.oneof(anyHeader, fc.constantFrom('msg_1', '1767225600')),
  { maxKeys: 2 },
)
const REASONS =
  /^((missing|malformed|ambiguous)-signature|timestamp-(missing|malformed)|too-(old|new)|no-matching-key)$/

/** A refusal that says why, and holds neither a MAC nor the secret. */
function isRefused(verdict: Verdict, secretText: string): asserts verdict is Rejected {
  ok(!verdict.ok, 'it was accepted')
  match(verdict.reason, REASONS)
  deepStrictEqual([typeof verdict.detail, verdict.authenticated], ['string', false])
  ok(!verdict.detail.includes(secretText), 'the detail holds the secret or a MAC')
}

/** What is written from nothing is refused. */
function forgedOf({ verifier, header, proofFor }: Vendor) {
  return fc.asyncProperty(anyHeader, anyOtherHeaders, anyBody, async (text, others, body) => {
    const verdict = await verifier.verify({ headers: { ...others, [header]: text }, body })
    isRefused(verdict, proofFor(body))
  })
}

/** A right header that was changed is accepted only if what proves it is still in it, whole. */
function changedOf({ verifier, header, headersFor, proofFor }: Vendor) {
  const edits = fc.array(anyEdit(' ,\t;=.v1a0AFf\u0163\u212a'), { maxLength: 2 })
  return fc.asyncProperty(edits, anyBody, anyBody, fc.boolean(), async (changes, body, other, isOther) => {
    const right = headersFor(body)
    const text = changes.reduce((value, change) => change(value), right[header] ?? '')
    const sent = isOther ? other : body
    const verdict = await verifier.verify({ headers: { ...right, [header]: text }, body: sent })
    if (text === right[header] && Buffer.compare(sent, body) === 0) strictEqual(verdict.ok, true)
    if (verdict.ok) ok(text.includes(proofFor(sent)), 'accepted without what proves it')
    else isRefused(verdict, proofFor(sent))
  })
}

/** A parser finds texts in a header, and makes up none. */
function parsesOnly(parse: typeof parseOfOrangeLogic) {
  return fc.property(anyHeader, (text) => {
    const { candidates, timestamp = '' } = parse(text)
    // What has blanks in it is joined with one, and refused later.
    const words = [timestamp, ...candidates.map(({ text, at }) => text.slice(at))].flatMap((one) => one.split(' '))
    ok(words.every((word) => text.includes(word)))
  })
}

const ofEach = (name: string, property: (vendor: Vendor) => fc.IRawProperty<unknown>) =>
  Object.fromEntries(vendors.map((vendor) => [`${name}-${vendor.name}`, property(vendor)]))

export const signatures = {
  ...ofEach('forged', forgedOf),
  ...ofEach('changed', changedOf),
  'parse-orange-logic': parsesOnly(parseOfOrangeLogic),
  'parse-global-commerce': parsesOnly(parseOfGlobalCommerce),
}
