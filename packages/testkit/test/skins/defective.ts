import type { IncomingMessage } from 'node:http'
import type { Delivery } from '@countersign/core'
import type { SkinSteps } from './tiny-skin.js'

/** The tiny skin with a defect in some of its steps. */
export interface Defective {
  readonly defect: string
  readonly steps: Partial<SkinSteps>
  /** The case that catches it. */
  readonly caught: RegExp
}

/** Reads all of the body, and makes something of it. */
export function reading(change: (bytes: Buffer, message: IncomingMessage) => Uint8Array | string): SkinSteps['take'] {
  return async (message) => delivery(message, change(Buffer.concat(await message.toArray()), message))
}

export function delivery(message: IncomingMessage, body: Uint8Array | string): Delivery {
  return { headers: message.headersDistinct, body }
}
