import type { Hash } from '@countersign/core'
import { bitFlips, flipBit } from './bytes.js'
import { digestBytes, digestText } from './digest-text.js'
import { expectRefused, expectThat } from './expect.js'
import { encodingOf, freshHeaders, freshMac } from './fresh-mac.js'
import { reasonsFor } from './signature-cases.js'
import { rewrite } from './signature-header.js'
import { type HmacSubject, judge } from './subject.js'
import { type SuiteCase, suiteCase } from './suite-case.js'

const HASHES: readonly Hash[] = ['sha1', 'sha256', 'sha384', 'sha512']

/** A MAC of the right form that is not the right one, and the right one of the wrong hash. */
export function macCases(subject: HmacSubject): readonly SuiteCase[] {
  return [recomputedCase(subject), ...flippedCases(subject), ...otherHashCases(subject)]
}

/** What else is derived rests on this: fresh MACs are made in the same way. */
function recomputedCase(subject: HmacSubject): SuiteCase {
  return suiteCase('signature: WebCrypto makes it too, over what the scheme says is signed', async () => {
    const mac = await freshMac(subject)
    const texts = subject.signatures.flatMap(({ candidates }) => candidates.map(({ text }) => text))
    expectThat(texts.includes(mac), 'the MAC of that content among the signatures', 'other signatures')
  })
}

function flippedCases(subject: HmacSubject): readonly SuiteCase[] {
  const encoding = encodingOf(subject)
  const length = digestBytes(subject.signatures[0]?.candidates[0]?.text ?? '', encoding)?.length ?? 0
  return bitFlips(length).map(({ name, index, bit }) =>
    suiteCase(`signature: ${name} flipped is refused`, async () => {
      const headers = headersWithMacs(subject, (mac) => flipBit(mac, index, bit))
      await expectRefused(judge(subject, { headers }), 'no-matching-key')
    }),
  )
}

/** The vector's headers with each MAC changed. */
export function headersWithMacs(subject: HmacSubject, change: (mac: Uint8Array) => Uint8Array): Record<string, string> {
  const encoding = encodingOf(subject)
  const written = subject.signatures.map((signature) => [
    signature.name,
    rewrite(signature, {
      candidate: ({ text, spelling }) => {
        const mac = digestBytes(text, encoding)
        return mac && spelling.write(digestText(change(mac), encoding))
      },
    }),
  ])
  return { ...subject.headers, ...Object.fromEntries(written) }
}

function otherHashCases(subject: HmacSubject): readonly SuiteCase[] {
  return HASHES.filter((hash) => hash !== subject.scheme.hash).map((hash) =>
    suiteCase(`signature: the HMAC by ${hash} is malformed-signature, for its length differs`, async () => {
      const headers = await freshHeaders(subject, { hash })
      await expectRefused(judge(subject, { headers }), ...reasonsFor(subject))
    }),
  )
}
