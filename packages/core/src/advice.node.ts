import type { Advice } from './advice.js'

export const advice: Advice = {
  'no-keys': 'no secret was given; is the environment variable set in this process?',
  'keys-invalid':
    'give a string, secret(), keyring(), a list of secrets, one secret for each slot of the provider, or a function to one ' +
    'of these, such as keySource(store, name)',
  'slot-required': 'each key of this provider belongs to one of its slots: { keys: { <slot>: secret } }',
  'too-many-keys': 'prune the keys that have ended, or wait until one has',
  'secret-malformed': 'a secret is text without white space at its edges, unless { verbatim: true }',
  'secret-too-short': 'use a longer one, or lower { minBytes } knowingly',
  'no-usable-key': 'all keys of the ring are expired or revoked; rotate, or load the newer ring',
  'tolerance-without-timestamp':
    'this provider signs no timestamp, so no age can be checked: leave toleranceSeconds out',
  'body-not-bytes': 'pass the raw bytes that arrived, read before any body parser made something else of them',
  'body-already-read': 'verify the request before anything else reads its body, or pass { headers, body }',
  'body-unreadable': 'the upload broke off, see the cause; there is nobody left to answer',
  'headers-unreadable': 'reading the headers threw, see the cause: pass Headers, a plain object or entries',
  'key-source-failed': 'nothing can be verified until the key source answers, see the cause; answer 503',
  'crypto-failed': 'HMAC failed, see the cause; in a page, WebCrypto needs HTTPS',
  'schema-failed': 'the schema threw instead of naming issues, see the cause',
  'store-failed': 'the store could not be asked; answer 503, so that the vendor retries',
  'store-full': 'every entry is a delivery that is being handled right now: allow more entries, or share the load',
  'lease-lost':
    'another may be handling the same delivery by now: make leaseMs longer than the store or the process stalls',
  'attempts-exhausted': 'as many attempts as maxAttempts were begun; see what this delivery does to its handler',
  'keyring-missing': 'save one under that name first, or check the name, and the prefix or schema of the store',
  'version-conflict': 'load it, and if your change is still wanted, save it with the version that was loaded',
  'keyring-rolled-back':
    'a replica lags, or the store was restored: restart this process if the older one is to be believed',
  'keyring-stale': 'the store could not be asked for longer than maxStaleMs, see the cause; answer 503',
  'keyring-exposed': 'others have rights to it: chmod 600 (700 for a directory), and rotate what was in it',
  'seal-missing': 'it was saved without a seal: load it with plaintextAtRest and save it with sealed',
  'seal-broken': 'the record was changed, or belongs to another name or version; restore it from a backup',
  'master-key-malformed':
    'a master key is the base64 of 32 random bytes, nothing before or after it: openssl rand -base64 32',
  'master-key-unknown': 'keep each master key in the list until all that it sealed has been saved again',
  'request-unreadable':
    'paste raw HTTP (headers, an empty line, the body), a curl command, a HAR, or JSON: { headers, body } or ' +
    '{ headers, bodyBase64 }',
  'payload-not-json': 'the body is no JSON; use text() or body',
}
