import { encode, utf8 } from './encoding.js'
import { CountersignError } from './errors.js'
import { type Key, type KeyState, stateOf } from './key.js'
import { type KeysInput, toRing } from './keys-input.js'
import { createPlan, type Field, type Plan } from './plan.js'
import type { AnyProvider, Provider } from './provider.js'
import type { SignedMessage } from './scheme.js'
import { signatureText } from './signature-text.js'
import { signersOf } from './signers.js'
import { formatTimestamp } from './timestamp.js'

/** What a delivery has beside its body and its keys. */
export interface SignOptions {
  /** When the vendor signs, in milliseconds since the epoch. Default: now. */
  now?: number | undefined
  /** The delivery id, where the scheme has one. Default: a random one. */
  id?: string | undefined
  /** Where it is sent, for schemes that sign that. Default: empty. */
  url?: string | undefined
}

/** A signature or token as it goes into a header. */
interface Digest {
  readonly text: string
  readonly key: Key
  readonly state: KeyState
}

/**
 * The headers that the vendor would send now, rotation included: for tests, drills and replays.
 *
 * @throws CountersignError `ambiguous-signer` (several keys, and no date tells which is the new one), `no-usable-key`, and
 * what a verifier throws for such keys.
 */
export async function sign<Event, Slot extends string>(
  provider: Provider<Event, Slot>,
  keys: KeysInput<Slot>,
  body: Uint8Array | string,
  options: SignOptions = {},
): Promise<Record<string, string>> {
  const { now = Date.now() } = options
  const plan = createPlan(provider)
  const signers = signersOf(toRing(keys, provider), provider, now)
  const message = messageOf(plan, body, options, now)
  const digests: Digest[] = []
  const parts = plan.signed?.(message)
  for (const key of signers) {
    digests.push({ text: await signatureText(plan, key.secret, parts), key, state: stateOf(key, now) })
  }
  return headersOf(provider, plan, digests, message)
}

function messageOf(plan: Plan, body: Uint8Array | string, options: SignOptions, now: number): SignedMessage {
  return {
    body: typeof body === 'string' ? utf8(body) : body,
    timestamp: plan.timestamp === undefined ? '' : formatTimestamp(now, plan.timestamp.unit),
    id: plan.id === undefined ? '' : (options.id ?? randomId()),
    url: options.url ?? '',
    method: 'POST',
  }
}

function randomId(): string {
  return `msg_${encode(crypto.getRandomValues(new Uint8Array(16)), 'hex')}`
}

function headersOf(
  provider: AnyProvider,
  plan: Plan,
  digests: readonly Digest[],
  message: SignedMessage,
): Record<string, string> {
  const signatures = plan.format?.(digests, message)
  return {
    ...(signatures ?? Object.fromEntries(plan.fields.flatMap((field) => plainHeader(provider, field, digests)))),
    ...besideHeaders(plan, message),
  }
}

function plainHeader(provider: AnyProvider, field: Field, digests: readonly Digest[]): [string, string][] {
  const texts = digests.filter(({ key }) => field.slot === undefined || field.slot === key.slot).map(({ text }) => text)
  if (texts.length === 0) return []
  const { separator, prefix } = field
  if (field.parse !== undefined && separator === undefined) {
    throw new CountersignError(
      'provider-invalid',
      `provider '${provider.id}': scheme.format is missing, and is what says how to write the header that parse reads`,
    )
  }
  if (texts.length > 1 && separator === undefined) {
    throw new CountersignError(
      'ambiguous-signer',
      `the header ${field.header} takes one signature, and several keys sign`,
    )
  }
  // It could not be told from two.
  if (separator !== undefined && texts.some((text) => text.includes(separator))) {
    throw new CountersignError('secret-malformed', `a secret holds the separator of the header ${field.header}`)
  }
  return [[field.header, prefix + texts.join(separator)]]
}

function besideHeaders({ timestamp, id }: Plan, message: SignedMessage): Record<string, string> {
  return {
    ...(timestamp?.header !== undefined && { [timestamp.header]: message.timestamp }),
    ...(id !== undefined && { [id.header]: message.id }),
  }
}
