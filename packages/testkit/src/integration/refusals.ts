import { keyring } from '@countersign/core'
import { deliveryOf, eventBody, type Message, without, withText } from './delivery.js'
import { TENANTS } from './tenants.js'
import type { TrialSetup } from './trial.js'
import { NOW, PLAIN, STAMPED, TOKEN, TOLERANCE } from './vendors.js'

/** A delivery that is not authentic. */
export interface Refusal {
  readonly name: string
  readonly message: Message
  readonly setup?: TrialSetup
}

const BODY = eventBody(1)
const ANOTHER = 'another-made-up-secret'
const plain = deliveryOf(PLAIN, BODY)
const stamped = deliveryOf(STAMPED, BODY)

const ENDED: TrialSetup = {
  keys: keyring([
    { id: 'expired', secret: PLAIN.secret, notAfter: NOW - 1000 },
    { id: 'revoked', secret: ANOTHER, revokedAt: NOW - 1000 },
    { id: 'active', secret: 'a-third-made-up-secret' },
  ]),
}

const OF_PLAIN: readonly Refusal[] = [
  { name: 'no signature', message: without(plain, PLAIN.signature) },
  { name: 'an empty signature', message: withText(plain, PLAIN.signature, '') },
  { name: 'a signature that is none', message: withText(plain, PLAIN.signature, 'nonsense') },
  { name: 'a signature that is cut', message: withText(plain, PLAIN.signature, (text) => text.slice(0, -1)) },
  { name: 'a signature in upper case', message: withText(plain, PLAIN.signature, (text) => text.toUpperCase()) },
  { name: 'the signature of another body', message: { ...plain, body: deliveryOf(PLAIN, '{"id":2}').body } },
  { name: "another secret's signature", message: deliveryOf(PLAIN, BODY, { secret: ANOTHER }) },
  { name: 'the signature of a key that has expired', message: plain, setup: ENDED },
  {
    name: 'the signature of a key that was revoked',
    message: deliveryOf(PLAIN, BODY, { secret: ANOTHER }),
    setup: ENDED,
  },
  { name: "another tenant's signature", message: { ...plain, query: '?tenant=other' }, setup: TENANTS },
]

const OF_STAMPED: readonly Refusal[] = [
  { name: 'a stale stamp', message: deliveryOf(STAMPED, BODY, { stamp: NOW - TOLERANCE - 1000 }) },
  { name: 'a stamp of the future', message: deliveryOf(STAMPED, BODY, { stamp: NOW + TOLERANCE + 1000 }) },
  { name: 'no stamp', message: without(stamped, 'Webhook-Timestamp') },
  { name: 'a stamp that is none', message: withText(stamped, 'Webhook-Timestamp', 'yesterday') },
  { name: 'another stamp than was signed', message: withText(stamped, 'Webhook-Timestamp', String(NOW / 1000 + 1)) },
  { name: 'no id', message: without(stamped, 'Webhook-Id') },
  { name: 'another id than was signed', message: withText(stamped, 'Webhook-Id', 'msg_2') },
  { name: 'no signature beside id and stamp', message: without(stamped, STAMPED.signature) },
  {
    name: 'signatures of other versions only',
    message: withText(stamped, STAMPED.signature, (text) => text.replace('v1', 'v2')),
  },
]

const OF_TOKEN: readonly Refusal[] = [
  { name: 'no token', message: deliveryOf(TOKEN, BODY, { signature: [] }) },
  { name: 'a wrong token', message: deliveryOf(TOKEN, BODY, { secret: ANOTHER }) },
  { name: 'a token without its prefix', message: withText(deliveryOf(TOKEN, BODY), TOKEN.signature, TOKEN.secret) },
]

const BY_STAMPED: TrialSetup = { vendor: STAMPED }
const BY_TOKEN: TrialSetup = { vendor: TOKEN }

/** The key source knows none by that name. */
export const UNKNOWN_TENANT: Refusal = {
  name: 'an unknown tenant',
  message: { ...plain, query: '?tenant=nobody' },
  setup: TENANTS,
}

/** The request names none. */
export const NO_TENANT: Refusal = { name: 'no tenant where one is needed', message: plain, setup: TENANTS }

export const REFUSALS: readonly Refusal[] = [
  ...OF_PLAIN,
  UNKNOWN_TENANT,
  ...OF_STAMPED.map((refusal) => ({ ...refusal, setup: BY_STAMPED })),
  ...OF_TOKEN.map((refusal) => ({ ...refusal, setup: BY_TOKEN })),
]
