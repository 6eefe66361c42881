import { defineProvider, type Keyring, keyring, prune, type SecretEncoding, secret, stage } from '@countersign/core'

const HOUR_MS = 3_600_000

/** Any moment: nothing depends on what the clock says. */
export const MOMENT = 1_767_225_600_000

/** A made-up vendor whose secrets are swapped, to rotate by. */
export const vendor = defineProvider({
  id: 'keyring-suite',
  title: 'Keyring suite',
  docs: 'https://example.com/webhooks',
  scheme: {
    kind: 'hmac',
    hash: 'sha256',
    signature: { header: 'X-Example-Signature', encoding: 'hex' },
    signed: ({ body }) => [body],
  },
  rotation: { kind: 'swap', defaultGraceMs: HOUR_MS },
  secrets: { issuedBy: 'you' },
})

/** A ring of one key, different from all others by its secret. */
export function smallRing(id = 'key-1'): Keyring {
  return keyring([{ id, secret: `small-ring-${crypto.randomUUID()}` }])
}

/** Secrets in each encoding, with what a column, an encoding or an escape could change. */
export const SECRET_TEXTS: readonly { text: string; encoding: SecretEncoding }[] = [
  { text: 'plain-secret-of-the-suite', encoding: 'utf8' },
  { text: '00FFdeadBEEF00112233', encoding: 'hex' },
  { text: '+/+/AAAAAAAAAAAAAAAAAA==', encoding: 'base64' },
  { text: 'whsec_c2VjcmV0LW9mLXRoZS1zdWl0ZQ==', encoding: 'whsec' },
  { text: ' Größe e\u0301 \u00e9 \u{1f511} \r\n', encoding: 'utf8' },
  { text: 'NUL\0 and \u0007 and \u2028 and \ufeff', encoding: 'utf8' },
  { text: '\'quoted\' "twice" \\ \\u0041 %s $1 {} ;--', encoding: 'utf8' },
  { text: 'x', encoding: 'utf8' },
]

export function ringOfSecrets(): Keyring {
  return keyring(
    SECRET_TEXTS.map(({ text, encoding }, index) => ({
      id: `secret-${index}`,
      secret: secret(text, { encoding, minBytes: 1, verbatim: true }),
    })),
  )
}

/** Dates of all kinds, slots, a key that waits to be promoted. */
export function ringOfDates(): Keyring {
  const dated = keyring([
    { id: 'undated', secret: 'secret-without-dates' },
    { id: 'all', secret: 'secret-1', activeFrom: 1, retireFrom: 2, notAfter: 3, revokedAt: 4 },
    { id: 'early', secret: 'secret-2', activeFrom: -MOMENT, retireFrom: 0 },
    { id: 'fraction', secret: 'secret-3', activeFrom: MOMENT + 0.125, notAfter: MOMENT + 1e-3 },
    { id: 'far', secret: 'secret-4', notAfter: 8.64e15, revokedAt: Number.MAX_SAFE_INTEGER },
    { id: 'Id with ~ "!" and \\', secret: 'secret-5', slot: 'primary', activeFrom: MOMENT },
    { id: 'id', secret: 'secret-6', slot: 'Größe', retireFrom: MOMENT },
    { id: 'ID', secret: 'secret-7', slot: '' },
  ])
  return stage(dated, { id: 'staged', secret: 'secret-8' })
}

/** Keys that are gone, and whose ids are not given out again; two that are not. */
export function ringOfTombstones(): Keyring {
  const ended = ['gone', 'Gone', 'gone 2', '\'"\\'].map((id) => ({ id, secret: `secret-${id}`, notAfter: MOMENT }))
  const kept = ['kept-1', 'kept-2'].map((id) => ({ id, secret: `secret-${id}` }))
  return prune(keyring([...kept, ...ended]), MOMENT)
}

/** As many keys as a ring can have, each with as long an id as it can have, and long secrets: some 80 kB. */
export function largestRing(): Keyring {
  const keys = Array.from({ length: 16 }, (_, index) => ({
    id: `${index}-`.padEnd(128, 'x'),
    secret: `secret-${index}`.padEnd(5000, 'x'),
  }))
  return keyring(keys)
}
