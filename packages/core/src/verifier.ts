import type { BodyInput, FetchRequest } from './body.js'
import { CountersignError } from './errors.js'
import type { HeadersInput } from './headers.js'
import { createJudge, type Judged } from './judge.js'
import type { KeySource } from './key-source.js'
import type { KeysInput } from './keys-input.js'
import { type Observe, type Trace, teller } from './observation.js'
import type { AnyProvider, Provider } from './provider.js'
import type { StandardSchema } from './schema.js'
import type { Verdict } from './verdict.js'

/** A delivery in parts, for frameworks that do not have the web's `Request`. */
export interface Delivery {
  /** As they arrived. Names are compared without case, and repeats count. */
  headers: HeadersInput
  /** What arrived, before any parser. Null and undefined are the empty body. */
  body: BodyInput
  /** For schemes that sign it. */
  url?: string | undefined
  /** For schemes that sign it. Default `POST`. */
  method?: string | undefined
}

/** What `createVerifier` is told beside the provider. */
export interface VerifierOptions<Event, Slot extends string = never> {
  /** The secrets or the ring; or a function that is asked for them for each delivery. */
  keys: KeysInput<Slot> | KeySource<Slot> | undefined
  /** How far a signed stamp may be off, in either direction, in seconds. Default: the provider's, else 300. */
  toleranceSeconds?: number | undefined
  /** Longest body accepted, in bytes. Default 1 MiB. */
  maxBodyBytes?: number | undefined
  /**
   * The clock, in milliseconds since the epoch. Default `Date.now`. Not asked where bare secrets are given for a provider
   * without stamps and slots: nothing there has a date.
   */
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

/** Judges the deliveries of one provider. One serves all requests, at the same time. */
export interface Verifier<Event = unknown> {
  /** Whose deliveries they are. */
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
  const { observe } = options
  const judge = createJudge(provider, options as VerifierOptions<unknown, string>)
  return {
    provider,
    verify(delivery: FetchRequest | Delivery, { tenant, observe: told }: VerifyContext = {}) {
      // What all deliveries have from the start: an object that grows costs more than one that is written to.
      const trace: Trace = {
        provider: provider.id,
        tenant,
        code: 'body-unreadable',
        bodyBytes: 0,
      }
      const tell = (observe || told) && teller(trace, [told, observe])
      let judged: Judged
      try {
        judged = judge(delivery, trace)
        // Most have nothing to wait for, and nobody to tell. An async function would cost them more than this.
        if (!tell && !('then' in judged)) return Promise.resolve(judged)
      } catch (cause) {
        judged = Promise.reject(cause)
      }
      return Promise.resolve(judged).then(tell, (cause) => {
        throw cause instanceof CountersignError ? cause : new CountersignError(trace.code, '', { cause })
      })
    },
  } as Verifier<Output>
}
