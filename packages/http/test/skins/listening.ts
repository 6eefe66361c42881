import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server that listens on a port of its own, on the path that every skin is tested on. */
export async function listening(server: Server) {
  if (!server.listening) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/webhooks`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
