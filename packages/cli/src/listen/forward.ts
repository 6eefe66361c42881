import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { basicAuthorization } from '../basic-authorization.js'
import type { ReceivedRequest } from './delivery.js'

/** These are between two neighbours (RFC 9110, section 7.6.1), or said anew. */
const OWN = /^(?:host|connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|content-length|expect)$/i
const TIMEOUT_MS = 30_000

/**
 * Passes a delivery on, byte for byte and header for header. Resolves to the status that comes back. Not by fetch: that adds
 * headers of its own.
 *
 * @throws Error where none comes.
 */
export function forward(url: URL, { method, headers, body }: ReceivedRequest): Promise<number> {
  const kept = headers.filter(([name]) => !OWN.test(name)).flat()
  const own = ['Host', url.host, 'Content-Length', String(body.length), ...(basicAuthorization(url) ?? [])]
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers: [...own, ...kept], timeout: TIMEOUT_MS }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 502)
    })
    sent.on('timeout', () => sent.destroy(new Error(`no answer for ${TIMEOUT_MS / 1000} s`)))
    sent.on('error', reject)
    sent.end(body)
  })
}
