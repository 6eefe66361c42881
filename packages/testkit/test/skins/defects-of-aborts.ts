import type { IncomingMessage } from 'node:http'
import type { Delivery } from '@countersign/core'
import { type Defective, delivery } from './defective.js'
import { fetchRequestOf } from './tiny-skin.js'

export const OF_ABORTS: readonly Defective[] = [
  {
    defect: 'waits for the end of an upload that was aborted',
    steps: { take: (message) => taken(message, 'end') },
    caught: /^abort: within a chunked body:/,
  },
  {
    defect: 'takes the break of an upload for its end',
    steps: { take: (message) => taken(message, 'close') },
    caught: /^abort: within a body of a length that was told/,
  },
  {
    defect: 'leaves a rejection loose when an upload is aborted',
    steps: {
      take: (message) => {
        message.on('close', () => void (message.complete || Promise.reject(new Error('aborted'))))
        return fetchRequestOf(message)
      },
    },
    caught: /^abort: within a chunked body:/,
  },
]

function taken(message: IncomingMessage, end: 'end' | 'close'): Promise<Delivery> {
  const chunks: Buffer[] = []
  return new Promise((resolve) => {
    message.on('data', (chunk: Buffer) => chunks.push(chunk))
    message.on(end, () => resolve(delivery(message, Buffer.concat(chunks))))
  })
}
