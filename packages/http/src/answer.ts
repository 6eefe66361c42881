import type { WebResponse } from './web-types.js'

/** What a delivery is answered with. The body is always empty: the outside learns nothing but a status (law 10). */
export interface Answer {
  /** The HTTP status. */
  readonly status: number
  /** `allow` or `retry-after`, in lower case. */
  readonly headers: Readonly<Record<string, string>>
}

export function answerWith(status: number, headers: Record<string, string> = {}): Answer {
  return { status, headers }
}

/** An answer that names when to come again. RFC 9110, section 10.2.3: in whole seconds. */
export function answerLater(status: number, ms: number): Answer {
  return answerWith(status, { 'retry-after': String(Math.max(1, Math.ceil(ms / 1000))) })
}

/** After how long a vendor may try again when something on this side is down. */
const UNAVAILABLE_MS = 10_000

/** Nothing is wrong with the delivery: the vendor should send it again. */
export function answerUnavailable(): Answer {
  return answerLater(503, UNAVAILABLE_MS)
}

export function toResponse({ status, headers }: Answer): WebResponse {
  return new Response(null, { status, headers }) as WebResponse
}
