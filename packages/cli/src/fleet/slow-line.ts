import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A line to a port of the loopback interface, which can be made slow. */
export interface SlowLine {
  readonly port: number
  /** Each piece that goes over it takes so many milliseconds longer, in either direction. */
  delay(ms: number): void
  close(): Promise<void>
}

export async function createSlowLine(target: number): Promise<SlowLine> {
  let delayMs = 0
  const sockets = new Set<Socket>()

  function forward(from: Socket, to: Socket): void {
    // One after another, so that a piece does not overtake the one before.
    let before = Promise.resolve()
    from.on('data', (piece) => {
      const waited = delayMs === 0 ? undefined : new Promise((resume) => setTimeout(resume, delayMs))
      before = before.then(async () => {
        await waited
        to.write(piece)
      })
    })
    from.on('close', () => to.destroy())
    // A close follows it.
    from.on('error', () => undefined)
    sockets.add(from)
    from.once('close', () => sockets.delete(from))
  }

  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1')
    forward(near, far)
    forward(far, near)
  })
  await new Promise<void>((listening, failed) => {
    server.once('error', failed).listen(0, '127.0.0.1', listening)
  })
  return {
    port: (server.address() as AddressInfo).port,
    delay(ms) {
      delayMs = ms
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
