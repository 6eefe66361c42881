import type { IncomingMessage } from 'node:http'
import type { Defective } from './defective.js'
import type { TinyAnswer } from './tiny-receiver.js'
import { fetchRequestOf, type SkinSteps } from './tiny-skin.js'

export const OF_HEADERS: readonly Defective[] = [
  {
    defect: 'keeps the first of repeated headers',
    steps: { take: withHeaders((message, name) => message.headersDistinct[name.toLowerCase()]?.[0]) },
    caught: /^headers: X-Plain-Signature beside X-Plain-Signature/,
  },
  {
    defect: 'keeps the last of repeated headers',
    steps: { take: withHeaders((message, name) => message.headersDistinct[name.toLowerCase()]?.at(-1)) },
    caught: /^headers: Webhook-Id beside WEBHOOK-ID/,
  },
  {
    defect: "leaves repeats to Node's `headers`",
    steps: { take: withHeaders((message, name) => message.headers[name.toLowerCase()]?.toString()) },
    caught: /^headers: Authorization beside Authorization/,
  },
  {
    defect: 'minds the case of names',
    steps: { take: withHeaders(({ rawHeaders }, name) => rawHeaders[rawHeaders.indexOf(name) + 1]) },
    caught: /^headers: those of 'plain' in upper case/,
  },
  {
    defect: 'leaves the query out',
    steps: { request: (message) => ({ ...fetchRequestOf(message), url: 'http://receiver.example/webhooks' }) },
    caught: /^tenant: from the query/,
  },
  {
    defect: 'believes an overriding method',
    steps: { refuse: ({ method, headers }) => notPost(headers['x-http-method-override'] ?? method) },
    caught: /^method: PUT that an overriding header calls POST/,
  },
]

function withHeaders(get: (message: IncomingMessage, name: string) => string | undefined): SkinSteps['take'] {
  return (message) => ({ ...fetchRequestOf(message), headers: { get: (name) => get(message, name) ?? null } })
}

function notPost(method: string | string[] | undefined): TinyAnswer | undefined {
  return method === 'POST' ? undefined : { status: 405, headers: { allow: 'POST' } }
}
