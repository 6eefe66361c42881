import { engine } from '#mac'
import { AcceptedDelivery } from './accepted.js'
import { type BodyInput, bodyBytes, type FetchRequest, readBody } from './body.js'
import { mismatch, staleness } from './conclude.js'
import { CountersignError, type ErrorCode, fail } from './errors.js'
import type { HeadersInput } from './headers.js'
import { stateOf } from './key.js'
import type { KeySource } from './key-source.js'
import type { Keyring } from './keyring.js'
import { type KeysInput, toKeyring } from './keys-input.js'
import { match } from './match.js'
import { noteOf, type Observation, observed, type Trace } from './observation.js'
import { createPlan } from './plan.js'
import { prepare } from './prepare.js'
import type { AnyProvider, Provider } from './provider.js'
import { createRateLimit } from './rate-limit.js'
import { applySchema, type StandardSchema } from './schema.js'
import { isSlotStale } from './slot-check.js'
import { reject, type Verdict } from './verdict.js'

/** A delivery in parts, for frameworks that do not have the web's `Request`. */
export interface Delivery {
  headers: HeadersInput
  /** What arrived, before any parser. Null and undefined are the empty body. */
  body: BodyInput
  /** For schemes that sign it. */
  url?: string | undefined
  method?: string | undefined
}

export interface VerifierOptions<Event, Slot extends string = never> {
  keys: KeysInput<Slot> | KeySource<Slot> | undefined
  /** How far a signed stamp may be off, in either direction, in seconds. Default: the provider's, else 300. */
  toleranceSeconds?: number | undefined
  /** Longest body accepted, in bytes. Default 1 MiB. */
  maxBodyBytes?: number | undefined
  /** The clock, in milliseconds since the epoch. Default `Date.now`. */
  now?: (() => number) | undefined
  /** Checks and types the event; what it refuses is `invalid-payload`. */
  schema?: StandardSchema<Event> | undefined
  /** Told of each delivery that got a verdict. What it throws is ignored: telling must not cost a delivery. */
  observe?: ((observation: Observation) => void) | undefined
}

export interface Verifier<Event = unknown> {
  readonly provider: AnyProvider
  /**
   * Resolves to a verdict for anything that a sender can do.
   *
   * Rejects with a CountersignError for what is ours: `no-usable-key`, `no-keys`, `key-source-failed`, `body-not-bytes`,
   * `body-already-read`, `body-unreadable`, `headers-unreadable`, `schema-failed`. Answer those with 503, so that the
   * vendor retries.
   */
  verify(delivery: FetchRequest | Delivery, context?: { tenant?: string | undefined }): Promise<Verdict<Event>>
}

const DEFAULT_MAX_BODY_BYTES = 1024 * 1024
const DEFAULT_TOLERANCE_SECONDS = 300

/** However many forged deliveries come, a source is asked to look past its cache no more often than that, per tenant. */
const RELOAD_INTERVAL_MS = 10_000

/** The keys of other slots are looked at with the first delivery that is observed, and then no more often than that. */
const SLOT_CHECK_INTERVAL_MS = 60_000

/**
 * A verifier of one provider's deliveries. Make it once, at start-up: it checks all that can be checked then.
 *
 * @throws CountersignError `provider-invalid`, `option-invalid`, `tolerance-without-timestamp`, and for keys that are given
 * directly `no-keys`, `keys-invalid`, `slot-required`, `secret-malformed`, `secret-too-short`.
 */
export function createVerifier<Event = unknown, Slot extends string = never, Output = Event>(
  provider: Provider<Event, Slot>,
  options: VerifierOptions<Output, Slot>,
): Verifier<Output> {
  const plan = createPlan(provider)
  const { keys, now: clock = Date.now, schema, observe, maxBodyBytes = DEFAULT_MAX_BODY_BYTES } = options
  const { toleranceSeconds = provider.toleranceSeconds ?? DEFAULT_TOLERANCE_SECONDS } = options
  requireFrom0('maxBodyBytes', maxBodyBytes)
  requireFrom0('toleranceSeconds', toleranceSeconds)
  if (options.toleranceSeconds !== undefined && !plan.timestamp) {
    fail('tolerance-without-timestamp', 'leave toleranceSeconds out')
  }
  const source = typeof keys === 'function' ? (keys as KeySource<string>) : undefined
  const fixedRing = source ? undefined : toKeyring(keys, provider)
  const isDue = createRateLimit()

  /** Undefined for an unknown tenant. */
  async function load(tenant: string | undefined, refresh: boolean): Promise<Keyring | undefined> {
    let input: unknown
    try {
      input = await source?.({ provider: provider.id, tenant, refresh })
    } catch (cause) {
      throw failed('key-source-failed', cause)
    }
    return input === undefined && tenant !== undefined ? undefined : toKeyring(input, provider)
  }

  async function judge(delivery: FetchRequest | Delivery, tenant: string | undefined, trace: Trace): Promise<Verdict> {
    // What it is when something throws that is not ours.
    let fault: ErrorCode = 'body-unreadable'
    try {
      let body: Uint8Array | undefined
      if ('arrayBuffer' in delivery) {
        body = await readBody(delivery, maxBodyBytes)
      } else {
        // What is read before an await must not change after it (law 3).
        body = bodyBytes(delivery.body, engine.deferred || source !== undefined)
      }
      if (!body || body.length > maxBodyBytes) return reject('body-too-large', `over ${maxBodyBytes} bytes`)
      trace.bodyBytes = body.length
      fault = 'headers-unreadable'
      const prepared = prepare(plan, delivery, body)
      if ('reason' in prepared) return prepared
      fault = 'crypto-failed'
      let ring = fixedRing ?? (await load(tenant, false))
      if (!ring) return reject('unknown-tenant', `'${tenant}'`)
      const now = clock()
      let key = match(plan, prepared, ring.usable(now))
      if (key instanceof Promise) key = await key
      if (!key && source && isDue(tenant, now, RELOAD_INTERVAL_MS)) {
        ring = (await load(tenant, true)) ?? ring
        key = await match(plan, prepared, ring.usable(now))
      }
      if (!key) return await mismatch(plan, prepared, ring, now)
      trace.keyId = key.id
      const stale = staleness(prepared, now, toleranceSeconds)
      if (stale) return stale
      const state = stateOf(key, now)
      if (observe) {
        trace.note = noteOf(key, state)
        if (
          !trace.note &&
          isDue(plan, now, SLOT_CHECK_INTERVAL_MS) &&
          (await isSlotStale(plan, prepared, ring.usable(now), key))
        )
          trace.note = 'slot-mismatch'
      }
      fault = 'schema-failed'
      const event = schema && (await applySchema(schema, body))
      return event && 'reason' in event ? event : new AcceptedDelivery(provider.id, key, state, prepared, event)
    } catch (cause) {
      throw cause instanceof CountersignError ? cause : failed(fault, cause)
    }
  }

  return Object.freeze({
    provider,
    verify(delivery: FetchRequest | Delivery, context?: { tenant?: string | undefined }) {
      const tenant = context?.tenant
      const verdict = observe
        ? observed(observe, provider.id, tenant, (trace) => judge(delivery, tenant, trace))
        : judge(delivery, tenant, {})
      return verdict as Promise<Verdict<Output>>
    },
  })
}

/** What others' code throws, as an error of ours. */
function failed(code: ErrorCode, cause: unknown): CountersignError {
  return new CountersignError(code, 'see the cause', { cause })
}

/** @throws CountersignError `option-invalid`. */
function requireFrom0(option: string, value: number): void {
  if (typeof value !== 'number' || !(value >= 0)) fail('option-invalid', `${option} must be 0 or more`)
}
