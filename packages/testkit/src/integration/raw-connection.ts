import { connect, type Socket } from 'node:net'
import type { Message } from './delivery.js'

/** A connection on which text and bytes are written as they are: what an HTTP client would not do. */
export interface RawConnection {
  /** All that came back so far, as latin1. */
  readonly received: string
  readonly isClosed: boolean
  /** What has left this process. */
  readonly sentBytes: number
  write(bytes: Uint8Array): void
  close(): void
}

export function openRaw(url: string): RawConnection {
  const { hostname, port } = new URL(url)
  const socket: Socket = connect(Number(port), hostname)
  let received = ''
  socket.setEncoding('latin1').on('data', (text: string) => {
    received += text
  })
  // That it was reset is seen by its being closed.
  socket.on('error', () => {})
  return {
    get received() {
      return received
    },
    get isClosed() {
      return socket.destroyed
    },
    get sentBytes() {
      return socket.bytesWritten - socket.writableLength
    },
    write: (bytes) => socket.write(bytes),
    close: () => socket.destroy(),
  }
}

/** The head of a request as it goes over the wire. */
export function headBytes(url: string, { method, query, headers }: Omit<Message, 'body'>): Uint8Array {
  const { host, pathname } = new URL(url)
  const fields = [['Host', host] as const, ...headers].map(([name, text]) => `${name}: ${text}`)
  return Buffer.from([`${method} ${pathname}${query} HTTP/1.1`, ...fields, '', ''].join('\r\n'), 'latin1')
}

/** The statuses of the answers that came back, in their order. */
export function statusesIn(received: string): readonly number[] {
  return [...received.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status))
}
