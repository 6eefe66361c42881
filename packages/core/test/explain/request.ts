import { type CapturedRequest, parseRequest } from '../../src/explain.js'
import { CountersignError } from '../../src/index.js'

export function textOf(request: CapturedRequest): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(request.body)
}

/** Bytes as latin1 text, to be read in a message. */
export function bytesOf(request: CapturedRequest): string {
  return Buffer.from(request.body).toString('latin1')
}

export function header(request: CapturedRequest, wanted: string): string[] {
  return request.headers.filter(([name]) => name.toLowerCase() === wanted.toLowerCase()).map(([, value]) => value)
}

/** The message of the refusal; anything but `request-unreadable` is thrown on. */
export function refusalOf(input: string | Uint8Array): string {
  try {
    parseRequest(input)
  } catch (error) {
    if (error instanceof CountersignError && error.code === 'request-unreadable') return error.message
    throw error
  }
  throw new Error(`it was read: ${String(input).slice(0, 200)}`)
}
