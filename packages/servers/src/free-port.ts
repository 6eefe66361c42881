import { createServer } from 'node:net'

/**
 * Below what systems give to outgoing connections (Linux from 32768, others from 49152). Else a client that tries again and
 * again to reach a server that was killed could be given the server's own port, and be connected with itself.
 */
const FIRST = 15_000
const COUNT = 17_000
const TRIES = 100

/** A port of the loopback interface that nobody listens on, for now: another may be faster. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < TRIES; tries++) {
    const port = FIRST + Math.floor(Math.random() * COUNT)
    if (await isFree(port)) return port
  }
  throw new Error(`no free port from ${FIRST} to ${FIRST + COUNT - 1} in ${TRIES} tries`)
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)))
  })
}
