import { engine } from '#mac'
import { AcceptedDelivery } from './accepted.js'
import { bodyBytes, type FetchRequest, readBody } from './body.js'
import { fail } from './errors.js'
import type { Key } from './key.js'
import type { KeySource } from './key-source.js'
import { isKeyring } from './keyring.js'
import { type Ring, toRing } from './keys-input.js'
import { match } from './match.js'
import { mismatch } from './mismatch.js'
import { type Trace, traceKey } from './observation.js'
import { createPlan } from './plan.js'
import { type Envelope, type Prepared, prepare } from './prepare.js'
import type { AnyProvider } from './provider.js'
import { applySchema } from './schema.js'
import { reject, type Verdict } from './verdict.js'
import type { Delivery, VerifierOptions } from './verifier.js'

/** A verdict, or a promise of one where something has to be waited for: one promise more costs a tenth of a MAC. */
export type Judged = Verdict | Promise<Verdict>

/**
 * The pipeline, in the order of law 6: cap, extract, choose the keys, MAC, freshness, payload. Before each step the trace
 * is told what it is when something throws there that is not ours.
 */
export function createJudge(
  provider: AnyProvider,
  options: VerifierOptions<unknown, string>,
): (delivery: FetchRequest | Delivery, trace: Trace) => Judged {
  const plan = createPlan(provider)
  const { keys, schema, toleranceSeconds = provider.toleranceSeconds ?? 300, maxBodyBytes = 2 ** 20 } = options
  if (!(maxBodyBytes >= 0 && toleranceSeconds >= 0)) fail('option-invalid', 'maxBodyBytes, toleranceSeconds')
  if (options.toleranceSeconds !== undefined && !plan.timestamp) fail('tolerance-without-timestamp')
  const fixedRing = typeof keys === 'function' ? undefined : toRing(keys, provider)
  // Where nothing has a date, no clock is read, which would cost a fortieth of a MAC.
  const clock = fixedRing && !isKeyring(keys) && !plan.timestamp && !provider.slots ? () => 0 : options.now
  // When the source was last asked to look past its cache, and when the other slot was last looked at.
  let refreshedAt = -Infinity
  let slotsCheckedAt = -Infinity
  return (delivery, trace) =>
    'arrayBuffer' in delivery
      ? readBody(delivery, maxBodyBytes).then((body) => extract(delivery, trace, body))
      : // What is read before an await must not change after it (law 3).
        extract(delivery, trace, bodyBytes(delivery.body, engine.async || !fixedRing))

  function extract(envelope: Envelope, trace: Trace, body: Uint8Array | undefined): Judged {
    if (!body || body.length > maxBodyBytes) return reject('body-too-large', `over ${maxBodyBytes} bytes`)
    trace.bodyBytes = body.length
    trace.code = 'headers-unreadable'
    const prepared = prepare(plan, envelope, body)
    if (prepared.ok === false) return prepared
    return fixedRing ? tryRing(prepared, trace, fixedRing) : askSource(prepared, trace)
  }

  /** `tried`: the ring that nothing fitted, where the source is asked to look past its cache. */
  async function askSource(prepared: Prepared, trace: Trace, tried?: Ring): Promise<Verdict> {
    trace.code = 'key-source-failed'
    const input = await (keys as KeySource<string>)({ provider: provider.id, tenant: trace.tenant, refresh: !!tried })
    if (input === undefined && trace.tenant !== undefined) return reject('unknown-tenant', 'no keys')
    return tryRing(prepared, trace, toRing(input, provider), tried)
  }

  function tryRing(prepared: Prepared, trace: Trace, ring: Ring, tried?: Ring): Judged {
    trace.code = 'crypto-failed'
    // By its own name where it can be: engines know that one.
    const now = clock ? clock() : Date.now()
    const usable = ring.usable(now)
    // A source that has nothing newer has answered already: a forgery is not to cost each MAC twice (law 4).
    return ring === tried ? conclude() : match(plan, prepared, usable, conclude)

    function conclude(key?: Key): Judged {
      // In either direction: a stamp of next year is as forged as one of last year.
      const age = (now - (prepared.timestamp ?? now)) / 1000
      const isFresh = Math.abs(age) <= toleranceSeconds
      if (!key) {
        // Perhaps the source has a newer ring than its cache. Forgeries must not make it look all the time.
        if (!fixedRing && !tried && ((keys as KeySource<string>).paced || Math.abs(now - refreshedAt) >= 10_000)) {
          refreshedAt = now
          return askSource(prepared, trace, ring)
        }
        // What may be a replay says nothing about which keys the vendor uses: it leaves no trace of them.
        return mismatch(plan, prepared, ring, now, isFresh ? trace : {})
      }
      if (!isFresh) return reject(age > 0 ? 'too-old' : 'too-new', `${age} s off`)
      traceKey(trace, ring, key, now)
      // One slot suffices, so a stale key in the other would go unnoticed until the day that this one is rotated. It is
      // looked at with the first delivery, and then once a minute.
      let isStale: boolean | Promise<boolean> | undefined
      if (Math.abs(now - slotsCheckedAt) >= 60_000) {
        slotsCheckedAt = now
        const others = usable.filter((one) => one.slot !== key.slot)
        isStale = others[0] && match(plan, prepared, others, (fitting) => !fitting)
      }
      // Nothing was waited for until here: this and the parser read the bytes that were hashed (law 3).
      return schema || isStale ? finish(prepared, trace, isStale) : new AcceptedDelivery(prepared, trace)
    }
  }

  async function finish(prepared: Prepared, trace: Trace, isStale?: boolean | Promise<boolean>): Promise<Verdict> {
    trace.code = 'schema-failed'
    const event = schema && (await applySchema(schema, prepared.body))
    if (await isStale) trace.note ??= 'slot-mismatch'
    return event?.ok === false ? event : new AcceptedDelivery(prepared, trace, event)
  }
}
