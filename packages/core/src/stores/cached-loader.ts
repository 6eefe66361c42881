import { CountersignError } from '../errors.js'

/** How fresh what is loaded has to be. Durations are in milliseconds. */
export interface FreshnessOptions {
  /** What is older than this is loaded anew in the background, while it is still used. Default 30 s. */
  readonly refreshMs?: number | undefined
  /** What is older than this is not used any more: until it can be loaded, `keyring-stale` is thrown. Default 5 minutes. */
  readonly maxStaleMs?: number | undefined
  /** So much lies at least between two loads that were begun because nothing matched, or that failed. Default 1 s. */
  readonly missIntervalMs?: number | undefined
  /** A load that takes longer has failed. Default 5 s. */
  readonly timeoutMs?: number | undefined
  /** Told of each load that failed, also of those that cost no delivery. */
  readonly onError?: ((error: unknown) => unknown) | undefined
  /** The clock, in milliseconds from anywhere. It must not go back; `performance.now` unless said. */
  readonly now?: (() => number) | undefined
}

/** Something that is loaded, and kept for a while. */
export interface CachedLoader<Value> {
  /**
   * What is there, or what is loaded now. `refresh` looks past what is there, at most once in `missIntervalMs`.
   *
   * @throws CountersignError `keyring-stale`, or what the load threw.
   */
  get(refresh: boolean): Value | Promise<Value>
  /** It has changed: loads it in the background. */
  renew(): void
}

/**
 * Loads something when it is asked for, and keeps it. One load at a time: who asks meanwhile gets what that gives. Its age
 * counts from when its load began, since it may have changed right after that.
 */
export function cachedLoader<Value>(load: () => Promise<Value>, options: FreshnessOptions): CachedLoader<Value> {
  const { refreshMs, maxStaleMs, missIntervalMs, timeoutMs, now, onError } = freshnessOf(options)
  /** When its load began, and how many changes were known of by then. */
  let held: { readonly value: Value; readonly since: number; readonly change: number } | undefined
  let flight: Promise<Value> | undefined
  let askedAt = Number.NEGATIVE_INFINITY
  /** Why the last load failed, if it did. */
  let failure: { readonly error: unknown } | undefined
  let changes = 0

  function fetch(): Promise<Value> {
    const change = changes
    flight ??= begin(change).finally(() => {
      flight = undefined
      if (change !== changes) renew()
    })
    return flight
  }

  async function begin(change: number): Promise<Value> {
    const since = now()
    askedAt = since
    try {
      const value = await within(timeoutMs, load)
      held = { value, since, change }
      failure = undefined
      return value
    } catch (error) {
      failure = { error }
      tell(error)
      throw error
    }
  }

  async function tell(error: unknown): Promise<void> {
    try {
      await onError?.(error)
    } catch {
      // Telling must not cost a delivery.
    }
  }

  function renew(): void {
    // What is under way may have been read before the change: then another load follows it.
    fetch().catch(() => undefined)
  }

  /** Asks again, unless that was done a moment ago: a store that is down, or a flood of forgeries, is not to become a flood of loads. */
  function fetchInTurn(): Promise<Value> | undefined {
    return flight ?? (now() - askedAt >= missIntervalMs ? fetch() : undefined)
  }

  return {
    get(refresh) {
      const age = held ? now() - held.since : Number.POSITIVE_INFINITY
      if (!held || age >= maxStaleMs) {
        // A pause is for a store that failed. One that answered a moment ago is asked, however young is too old.
        const pending = failure ? (fetchInTurn() ?? Promise.reject(failure.error)) : fetch()
        return held ? pending.catch(stale(maxStaleMs)) : pending
      }
      // Nothing matches, and whether that is for want of the newest cannot be known: no answer is better than a guess.
      if (refresh) return fetchInTurn() ?? (failure ? Promise.reject(failure.error) : held.value)
      if (age >= refreshMs || held.change !== changes) fetchInTurn()?.catch(() => undefined)
      return held.value
    },
    renew() {
      changes += 1
      renew()
    },
  }
}

const OPTIONS = ['refreshMs', 'maxStaleMs', 'missIntervalMs', 'timeoutMs', 'onError', 'now']

/** @throws CountersignError `option-invalid`. */
function freshnessOf(options: FreshnessOptions) {
  const { refreshMs = 30_000, maxStaleMs = 300_000, missIntervalMs = 1000, timeoutMs = 5000 } = options
  const { now = () => performance.now(), onError } = options
  for (const name of Object.keys(options)) {
    if (!OPTIONS.includes(name))
      throw new CountersignError('option-invalid', `${name} is none of: ${OPTIONS.join(', ')}`)
  }
  for (const [name, ms] of Object.entries({ refreshMs, maxStaleMs, missIntervalMs, timeoutMs })) {
    if (typeof ms !== 'number' || !(ms >= 0))
      throw new CountersignError('option-invalid', `${name} must be milliseconds, 0 or more`)
  }
  // A timer that is told to wait for longer does not wait at all.
  if (!(timeoutMs < 2 ** 31)) throw new CountersignError('option-invalid', 'timeoutMs is longer than 24 days')
  if (refreshMs > maxStaleMs) throw new CountersignError('option-invalid', 'refreshMs is longer than maxStaleMs')
  return { refreshMs, maxStaleMs, missIntervalMs, timeoutMs, now, onError }
}

async function within<Result>(ms: number, work: () => Promise<Result>): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new CountersignError('store-failed', `no answer within ${ms} ms`)), ms)
  })
  try {
    return await Promise.race([work(), late])
  } finally {
    clearTimeout(timer)
  }
}

function stale(maxStaleMs: number): (cause: unknown) => never {
  return (cause) => {
    throw new CountersignError('keyring-stale', `older than ${maxStaleMs} ms`, { cause })
  }
}
