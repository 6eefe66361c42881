import {
  type Accepted,
  CountersignError,
  type FetchRequest,
  type IdempotencyStore,
  type Verifier,
} from '@countersign/core'
import type { ReceiverObservation } from './receiver-observation.js'
import type { WebAbortSignal } from './web-types.js'

/** What a handler is told beside the event. */
export interface HandlerContext<Event> {
  /** What the verifier said: which key matched, the bytes, the stamp. */
  readonly verdict: Accepted<Event>
  /** Whose delivery it is, where `tenant` of the options says so. */
  readonly tenant?: string | undefined
  /** The same for each retry and duplicate of this delivery: to be handed on to what this handler calls. */
  readonly idempotencyKey: string
  /** 1 for the first. Counted by the store where it can, else in this process. */
  readonly attempt: number
  /**
   * Which claim this is handled under, for a store that can complete it within the handler's own transaction. Undefined
   * where nothing was claimed.
   */
  readonly claim?:
    | {
        /** The idempotency key. */
        readonly key: string
        /** The token that the store gave. */
        readonly token: string
      }
    | undefined
  /** Aborted when the lease is lost: another may be handling the same delivery by now, so stop what can be stopped. */
  readonly signal: WebAbortSignal
}

/** What `createReceiver` is told beside the verifier. */
export interface ReceiverOptions<Event> {
  /** Handles one delivery. A throw is answered 500 and the delivery may be claimed again: the vendor's retry runs it. */
  handle: (event: Event, context: HandlerContext<Event>) => unknown
  /** Where claims are kept, or 'off': then a retry or a duplicate runs the handler again. Written down even when off. */
  idempotency: IdempotencyStore | 'off'
  /**
   * The key of a delivery, taken as it is. Default: SHA-256 over endpoint, provider, tenant, and the signed delivery id or
   * else the body. Take it from authenticated bytes only, and put the tenant into it.
   */
  idempotencyKey?:
    | ((verdict: Accepted<Event>, scope: { endpoint: string; tenant: string | undefined }) => string | Promise<string>)
    | undefined
  /** Tells receivers apart that share a store and would handle the same delivery differently. Default ''. */
  endpoint?: string | undefined
  /** How long a claim holds unless it is extended, in milliseconds; it is, while the handler runs. Default 30 s. */
  leaseMs?: number | undefined
  /** For how long a handled delivery is known as done, in milliseconds. Default 24 hours. */
  keepMs?: number | undefined
  /**
   * How long the store may take to answer, in milliseconds: one that does not is down. Default 5 s. Shorter than what the
   * vendor waits for an answer.
   */
  storeTimeoutMs?: number | undefined
  /** While the same delivery is being handled: wait for that, for up to `leaseMs` (default), or answer 409 at once. */
  duplicateInFlight?: 'wait' | 'conflict' | undefined
  /** When the store cannot be asked: answer 503 (default), or handle the delivery although it may be a duplicate. */
  whenStoreDown?: 'refuse' | 'handle' | undefined
  /**
   * After so many attempts of one delivery, `onDeadLetter` gets it and it is answered 200, so that a poisoned event does
   * not cost the endpoint. Where the store counts, each claim is an attempt, so that one which took its process with it
   * counts; so does one whose completion was not recorded, for which 1 is too few. Default: no limit.
   */
  maxAttempts?: number | undefined
  /** Takes a delivery that is given up. A throw is answered 500: the vendor's retry brings it again. */
  onDeadLetter?: ((verdict: Accepted<Event>, error: unknown) => unknown) | undefined
  /** Whose delivery it is, from the route or a header, for the key source. Undefined or null is answered 401, as an unknown one. */
  tenant?: TenantOf | undefined
  /** `json` (default): a body that is no JSON is answered 400. `any`: it is handled, with an undefined event. */
  payload?: 'json' | 'any' | undefined
  /**
   * Told of every request, when its answer is known; what it throws is ignored, also later. The observation never holds a
   * secret or a body. The request is for what else a log line needs, such as a request id: its body is read, and its
   * headers hold the signature.
   */
  observe?: { tell(observation: ReceiverObservation, request: FetchRequest): unknown }['tell'] | undefined
  /**
   * Told of what failed on this side: the handler, the store, the key source, the set-up. Default: `console.error`. An
   * error of the handler's may hold what the handler put into it.
   */
  onError?: ((error: unknown) => unknown) | undefined
}

/** Written as a method, so that a function of the global `Request` fits where requests are such. */
export type TenantOf = {
  /** The tenant's name, or nothing. It may be a promise of it. */
  of(request: FetchRequest): Tenant | Promise<Tenant>
}['of']
type Tenant = string | null | undefined

/** From a request to its verifier, for an endpoint that serves several providers. Undefined is answered 401. */
export type Route<Event> = {
  /** The verifier, or nothing. It may be a promise of it. */
  of(request: FetchRequest): Routed<Event> | Promise<Routed<Event>>
}['of']
type Routed<Event> = Verifier<Event> | undefined

/** The options, with what they default to. */
export interface Settings<Event>
  extends Pick<ReceiverOptions<Event>, 'handle' | 'idempotency' | 'idempotencyKey' | 'onDeadLetter' | 'tenant'> {
  readonly endpoint: string
  readonly leaseMs: number
  readonly keepMs: number
  readonly storeTimeoutMs: number
  readonly maxAttempts: number
  readonly isWaiting: boolean
  readonly isHandlingUnclaimed: boolean
  readonly isAnyPayload: boolean
  observe(observation: ReceiverObservation, request: FetchRequest): void
  onError(error: unknown): void
}

const DAY_MS = 24 * 60 * 60 * 1000
/** The longest that a timer can wait. */
const MAX_TIMER_MS = 2 ** 31 - 1

const OPTIONS = new Set([
  ...['handle', 'idempotency', 'idempotencyKey', 'endpoint', 'leaseMs', 'keepMs', 'duplicateInFlight', 'whenStoreDown'],
  ...['storeTimeoutMs', 'maxAttempts', 'onDeadLetter', 'tenant', 'payload', 'observe', 'onError'],
])

/** @throws CountersignError `option-invalid`, naming the option. */
export function settingsOf<Event>(options: ReceiverOptions<Event>): Settings<Event> {
  requireThat(
    typeof options === 'object' && options !== null,
    'createReceiver takes options, with handle and idempotency',
  )
  const { handle, idempotency, endpoint = '', leaseMs = 30_000, keepMs = DAY_MS, storeTimeoutMs = 5000 } = options
  const { maxAttempts = Number.POSITIVE_INFINITY, onDeadLetter, tenant, observe, onError } = options
  for (const name of Object.keys(options))
    requireThat(
      OPTIONS.has(name),
      `${name} is no option of a receiver (keys, schema and maxBodyBytes are the verifier's)`,
    )
  requireThat(typeof handle === 'function', 'handle must be a function')
  for (const name of ['idempotencyKey', 'onDeadLetter', 'tenant', 'observe', 'onError'] as const) {
    requireThat(['function', 'undefined'].includes(typeof options[name]), `${name} must be a function`)
  }
  requireThat(
    idempotency === 'off' || typeof idempotency?.claim === 'function',
    "idempotency must be a store, such as memoryStore(), or 'off'",
  )
  requireThat(typeof endpoint === 'string', 'endpoint must be a string')
  for (const [name, ms] of Object.entries({ leaseMs, storeTimeoutMs })) {
    requireThat(ms >= 1 && ms <= MAX_TIMER_MS, `${name} must be 1 to ${MAX_TIMER_MS} milliseconds`)
  }
  requireThat(keepMs >= 0, 'keepMs must be milliseconds, 0 or more')
  requireThat(maxAttempts >= 1 && !(maxAttempts % 1), 'maxAttempts must be a whole number, 1 or more')
  requireThat(
    onDeadLetter === undefined || options.maxAttempts !== undefined,
    'onDeadLetter is never called without maxAttempts',
  )
  return {
    handle,
    idempotency,
    idempotencyKey: options.idempotencyKey,
    endpoint,
    leaseMs,
    keepMs,
    storeTimeoutMs,
    maxAttempts,
    onDeadLetter,
    tenant,
    isWaiting: oneOf('duplicateInFlight', options.duplicateInFlight, ['wait', 'conflict']) === 'wait',
    isHandlingUnclaimed: oneOf('whenStoreDown', options.whenStoreDown, ['refuse', 'handle']) === 'handle',
    isAnyPayload: oneOf('payload', options.payload, ['json', 'any']) === 'any',
    observe: safely(observe),
    onError: safely(onError ?? ((error: unknown) => console.error(error))),
  }
}

function oneOf<Choice extends string>(name: string, value: Choice | undefined, choices: readonly Choice[]): Choice {
  const choice = value ?? (choices[0] as Choice)
  requireThat(choices.includes(choice), `${name} must be '${choices.join("' or '")}'`)
  return choice
}

function requireThat(holds: boolean, message: string): void {
  if (!holds) throw new CountersignError('option-invalid', message)
}

/** Telling must not cost a delivery, neither at once nor by a rejection that nobody awaits. */
function safely<Told extends unknown[]>(tell: ((...told: Told) => unknown) | undefined): (...told: Told) => void {
  return (...told) => {
    const attempt = async () => tell?.(...told)
    attempt().catch(() => {})
  }
}
