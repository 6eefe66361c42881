import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import type { PostgresServer } from '@countersign/servers'

/** A line between clients and a server, that can be cut. */
export interface Relay {
  /** The address of the server by this line. */
  readonly url: string
  /** Breaks all connections, and refuses others. */
  cut(): Promise<void>
  /** Breaks a connection that sends such a statement: before that arrives, or before its answer does. */
  cutAt(statement: RegExp, lost: 'statement' | 'answer'): void
  mend(): Promise<void>
  close(): Promise<void>
}

export async function startRelay({ url, port }: Pick<PostgresServer, 'url' | 'port'>): Promise<Relay> {
  const sockets = new Set<Socket>()
  let fatal: { readonly statement: RegExp; readonly lost: 'statement' | 'answer' } | undefined
  const server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1')
    for (const [socket, other] of [[client, upstream] as const, [upstream, client] as const]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
    }
    let isDoomed = false
    client.on('data', (data) => {
      isDoomed ||= fatal?.statement.test(data.toString('latin1')) ?? false
      if (isDoomed && fatal?.lost === 'statement') client.destroy()
      else upstream.write(data)
    })
    upstream.on('data', (data) => (isDoomed ? client.destroy() : client.write(data)))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port: own } = server.address() as AddressInfo

  async function cut(): Promise<void> {
    const closed = new Promise((resolve) => server.close(resolve))
    for (const socket of sockets) socket.destroy()
    await closed
  }

  return {
    url: url.replace(`:${port}/`, `:${own}/`),
    cut,
    cutAt(statement, lost) {
      fatal = { statement, lost }
    },
    async mend() {
      await once(server.listen(own, '127.0.0.1'), 'listening')
    },
    close: cut,
  }
}
