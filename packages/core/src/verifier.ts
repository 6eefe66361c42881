import { engine } from '#mac'
import { AcceptedDelivery } from './accepted.js'
import { type BodyInput, bodyBytes, type FetchRequest, readBody } from './body.js'
import { CountersignError, type ErrorCode, fail } from './errors.js'
import type { HeadersInput } from './headers.js'
import type { KeySource } from './key-source.js'
import type { Keyring } from './keyring.js'
import { type KeysInput, toKeyring } from './keys-input.js'
import { match } from './match.js'
import { mismatch } from './mismatch.js'
import { type Observation, type Observe, observed, type Trace, traceKey } from './observation.js'
import { createPlan } from './plan.js'
import { prepare } from './prepare.js'
import type { AnyProvider, Provider } from './provider.js'
import { applySchema, type StandardSchema } from './schema.js'
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
  observe?: Observe | undefined
}

/** What is known of one delivery beside itself. */
export interface VerifyContext {
  /** Whose keys to ask the key source for. From the route, never from the body: that is not authenticated yet. */
  readonly tenant?: string | undefined
  /** Told of this delivery, as the verifier's own `observe` is. */
  readonly observe?: Observe | undefined
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
  verify(delivery: FetchRequest | Delivery, context?: VerifyContext): Promise<Verdict<Event>>
}

/**
 * A verifier of one provider's deliveries. Make it once, at start-up: it checks all that can be checked then.
 *
 * @throws CountersignError `option-invalid`, `tolerance-without-timestamp`, and for keys that are given
 * directly `no-keys`, `keys-invalid`, `slot-required`, `secret-malformed`, `secret-too-short`.
 */
export function createVerifier<Event = unknown, Slot extends string = never, Output = Event>(
  provider: Provider<Event, Slot>,
  options: VerifierOptions<Output, Slot>,
): Verifier<Output> {
  const plan = createPlan(provider)
  const { keys, now: clock = Date.now, schema, observe, maxBodyBytes = 1_048_576 } = options
  const { toleranceSeconds = provider.toleranceSeconds ?? 300 } = options
  if (!(maxBodyBytes >= 0 && toleranceSeconds >= 0)) fail('option-invalid', 'maxBodyBytes, toleranceSeconds')
  if (options.toleranceSeconds !== undefined && !plan.timestamp) {
    fail('tolerance-without-timestamp')
  }
  const source = typeof keys === 'function' ? (keys as KeySource<string>) : undefined
  const fixedRing = source ? undefined : toKeyring(keys as KeysInput<Slot>, provider)
  // When the source was last asked to look past its cache, and when the other slot was last looked at.
  let refreshedAt = -Infinity
  let slotsCheckedAt = -Infinity

  async function judge(delivery: FetchRequest | Delivery, trace: Trace): Promise<Verdict> {
    const { tenant } = trace
    // What it is when something throws that is not ours.
    let fault: ErrorCode = 'body-unreadable'
    try {
      // What is read before an await must not change after it (law 3).
      const body =
        'arrayBuffer' in delivery
          ? await readBody(delivery, maxBodyBytes)
          : bodyBytes(delivery.body, engine.deferred || !fixedRing)
      if (!body || body.length > maxBodyBytes) return reject('body-too-large', `over ${maxBodyBytes} bytes`)
      trace.bodyBytes = body.length
      fault = 'headers-unreadable'
      const prepared = prepare(plan, delivery, body)
      if (prepared.ok === false) return prepared
      // The ring that nothing fitted, once the source is asked to look past its cache.
      for (let tried: Keyring | undefined; ; ) {
        fault = 'key-source-failed'
        const input = fixedRing ?? (await source?.({ provider: provider.id, tenant, refresh: !!tried }))
        if (input === undefined && tenant !== undefined) return reject('unknown-tenant', 'no keys')
        const ring = fixedRing ?? toKeyring(input, provider)
        fault = 'crypto-failed'
        const now = clock()
        const usable = ring.usable(now)
        // A source that has nothing newer has answered already: a forgery is not to cost each MAC twice (law 4).
        const matched = ring === tried ? -1 : match(plan, prepared, usable)
        // Not by class: what takes the place of the global Promise does not know those of an async function.
        const key = usable[typeof matched === 'number' ? matched : await matched]
        // Nothing fits: perhaps the source has a newer ring than its cache. Forgeries must not make it look all the time.
        if (!key && !tried && !fixedRing && (source?.paced || Math.abs(now - refreshedAt) >= 10_000)) {
          refreshedAt = now
          tried = ring
          continue
        }
        // In either direction: a stamp of next year is as forged as one of last year.
        const age = (now - (prepared.timestamp ?? now)) / 1000
        const isFresh = Math.abs(age) <= toleranceSeconds
        // What may be a replay says nothing about which keys the vendor uses: it leaves no trace of them.
        if (!key) return await mismatch(plan, prepared, ring, now, isFresh ? trace : {})
        if (!isFresh) return reject(age > 0 ? 'too-old' : 'too-new', `${age} s off`)
        const state = traceKey(trace, key, now)
        fault = 'schema-failed'
        // Before anything else is waited for: the parser reads the bytes that were hashed (law 3).
        const event = schema && (await applySchema(schema, body))
        // One slot suffices, so a stale key in the other would go unnoticed until the day that this one is rotated. It is
        // looked at with the first delivery, and then once a minute.
        const others = usable.filter(({ slot }) => slot !== key.slot)
        if (others.length && Math.abs(now - slotsCheckedAt) >= 60_000) {
          slotsCheckedAt = now
          if ((await match(plan, prepared, others)) < 0) trace.note ??= 'slot-mismatch'
        }
        return event?.ok === false ? event : new AcceptedDelivery(provider.id, key, state, prepared, event)
      }
    } catch (cause) {
      throw cause instanceof CountersignError ? cause : new CountersignError(fault, '', { cause })
    }
  }

  return {
    provider,
    verify(delivery: FetchRequest | Delivery, { tenant, observe: told }: VerifyContext = {}) {
      const trace = { provider: provider.id, tenant, bodyBytes: 0 }
      const judged = () => judge(delivery, trace)
      // Who asks about one delivery first: it needs what it asked for, whatever becomes of the other.
      const tell = async (observation: Observation) => [told?.(observation), await observe?.(observation)]
      const verdict = observe || told ? observed(tell, trace, judged) : judged()
      return verdict as Promise<Verdict<Output>>
    },
  }
}
