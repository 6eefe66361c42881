import { fail } from './errors.js'
import type { KeyState } from './key.js'
import type { Trace } from './observation.js'
import type { Prepared } from './prepare.js'
import type { Accepted, NotRejected } from './verdict.js'

/** What a delivery carries, once it was parsed. */
export interface ParsedEvent extends NotRejected {
  readonly value: unknown
}

/** A class, so that a delivery costs one object: closures for `event`, `text` and `json` would cost as much as its MAC. */
export class AcceptedDelivery implements Accepted<unknown> {
  declare readonly ok: true
  declare readonly provider: string
  declare readonly keyId: string
  declare readonly keyState: KeyState
  declare readonly assurance: 'body-mac' | 'shared-token'
  declare readonly timestamp: number | undefined
  declare readonly deliveryId: string | undefined
  declare readonly body: Uint8Array
  /** What a schema made of the body, or its JSON once asked for. */
  #event: ParsedEvent | undefined

  constructor(prepared: Prepared, trace: Trace, event?: ParsedEvent) {
    this.#event = event
    this.ok = true
    this.provider = trace.provider
    this.keyId = trace.keyId as string
    this.keyState = trace.keyState as KeyState
    this.assurance = prepared.signed ? 'body-mac' : 'shared-token'
    this.body = prepared.body
    this.timestamp = prepared.timestamp
    this.deliveryId = prepared.deliveryId
  }

  get event(): unknown {
    this.#event ??= { value: parseJson(this.body) }
    return this.#event.value
  }

  text(): string {
    return new TextDecoder().decode(this.body)
  }

  json(): unknown {
    const json = parseJson(this.body)
    if (json === undefined) fail('payload-not-json')
    return json
  }
}

/**
 * A body's JSON, or undefined if it is none. Bytes that are not UTF-8 are not JSON (RFC 8259, section 8.1), rather than
 * JSON with U+FFFD in it. The parser's own error goes no further: it quotes the body.
 */
export function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf8', { fatal: true }).decode(body))
  } catch {
    return undefined
  }
}
