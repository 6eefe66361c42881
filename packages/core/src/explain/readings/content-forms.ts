import type { Part } from '../../mac.js'
import type { SignedMessage } from '../../scheme.js'

/** A way to put a stamp, an id and a body together. */
export interface ContentForm {
  readonly name: string
  readonly signed: (message: SignedMessage) => readonly Part[]
  /** The same as text, for a provider that is written down. */
  readonly source: string
}

/** What senders are known to sign. The body alone first: it is what most do. */
export const CONTENT_FORMS: readonly ContentForm[] = [
  {
    name: '<body>',
    signed: ({ body }) => [body],
    source: '({ body }) => [body]',
  },
  {
    name: '<timestamp>.<body>',
    signed: ({ timestamp, body }) => [`${timestamp}.`, body],
    source: "({ timestamp, body }) => [timestamp + '.', body]",
  },
  {
    name: '<id>.<timestamp>.<body>',
    signed: ({ id, timestamp, body }) => [`${id}.${timestamp}.`, body],
    source: "({ id, timestamp, body }) => [id + '.' + timestamp + '.', body]",
  },
  {
    name: '<timestamp><body>',
    signed: ({ timestamp, body }) => [timestamp, body],
    source: '({ timestamp, body }) => [timestamp, body]',
  },
  {
    name: '<timestamp>:<body>',
    signed: ({ timestamp, body }) => [`${timestamp}:`, body],
    source: "({ timestamp, body }) => [timestamp + ':', body]",
  },
  {
    name: 'v0:<timestamp>:<body>',
    signed: ({ timestamp, body }) => [`v0:${timestamp}:`, body],
    source: "({ timestamp, body }) => ['v0:' + timestamp + ':', body]",
  },
  {
    name: '<body><timestamp>',
    signed: ({ timestamp, body }) => [body, timestamp],
    source: '({ timestamp, body }) => [body, timestamp]',
  },
  {
    name: '<id><timestamp><body>',
    signed: ({ id, timestamp, body }) => [id + timestamp, body],
    source: '({ id, timestamp, body }) => [id + timestamp, body]',
  },
  {
    name: '<url><body>',
    signed: ({ url, body }) => [url, body],
    source: '({ url, body }) => [url, body]',
  },
  {
    name: '<method><url><body>',
    signed: ({ method, url, body }) => [method + url, body],
    source: '({ method, url, body }) => [method + url, body]',
  },
]
