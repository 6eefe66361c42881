import { concatenate } from '../bytes.js'
import { digestBytes, type Hash } from '../hash.js'
import type { Keyring } from '../keyring.js'
import { materialOf } from '../secret.js'
import type { Finding } from './finding.js'
import type { MacBudget } from './mac-budget.js'
import { type FoundDigest, findDigests } from './readings/digest-readings.js'
import { type Subject, sameText } from './subject.js'

const HASHES: readonly Hash[] = ['sha1', 'sha256', 'sha384', 'sha512']

/** Whether a header is a hash of secret and body, which is no HMAC and which nothing here accepts. */
export async function findPlainDigest(subject: Subject, ring: Keyring, budget: MacBudget): Promise<readonly Finding[]> {
  const digests = findDigests(subject.entries, [])
  for (const hash of HASHES) {
    const fitting = digests.filter(({ hex }) => hex.length === digestBytes(hash) * 2)
    if (fitting.length === 0) continue
    for (const { keyId, what, content } of contents(subject.body, ring)) {
      const hex = await budget.hash(hash, content)
      if (hex === undefined) return []
      const digest = fitting.find((one) => sameText(one.hex, hex))
      if (digest !== undefined) return [plainDigest(digest, hash, what, keyId)]
    }
  }
  return []
}

function contents(body: Uint8Array, ring: Keyring) {
  const withKeys = ring.keys.flatMap(({ id, secret }) => {
    const { bytes } = materialOf(secret)
    return [
      { keyId: id, what: `the secret of key '${id}' followed by the body`, content: concatenate([bytes, body]) },
      { keyId: id, what: `the body followed by the secret of key '${id}'`, content: concatenate([body, bytes]) },
    ]
  })
  return [...withKeys, { keyId: undefined, what: 'the body alone, which anybody can make', content: body }]
}

function plainDigest({ header }: FoundDigest, hash: Hash, what: string, keyId: string | undefined): Finding {
  return {
    code: 'plain-digest',
    summary: `${header} is the plain ${hash.toUpperCase()} of ${what}, and no HMAC.`,
    fix: 'Have the sender make an HMAC (RFC 2104): a plain hash can be extended by whoever has seen one, so that nothing here accepts it.',
    certain: true,
    ...(keyId !== undefined && { keyId }),
  }
}
