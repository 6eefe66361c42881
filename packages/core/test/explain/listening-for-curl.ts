import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface Arrived {
  readonly method: string
  readonly url: string
  readonly rawHeaders: readonly string[]
  readonly body: Buffer
}

/** A server, and what a shell's command sends to it. It fails where there is no curl. */
export async function listeningForCurl(): Promise<{
  origin: string
  send(shell: string, command: string): Promise<Arrived>
  close(): Promise<void>
}> {
  const arrived: Arrived[] = []
  const server = createServer(async (request, response) => {
    arrived.push(await readWhole(request))
    response.end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    async send(shell, command) {
      arrived.length = 0
      // No ~/.curlrc and no proxy of whoever runs the test.
      const env = { PATH: process.env.PATH, HOME: '/nonexistent', no_proxy: '*', LC_ALL: 'C.UTF-8' }
      const running = run(shell, ['-s'], { env })
      // As its input, which may be longer than an argument.
      running.child.stdin?.end(command)
      await running
      const [only, another] = arrived
      if (only === undefined || another !== undefined)
        throw new Error(`${arrived.length} requests arrived of: ${command}`)
      return only
    },
    async close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

async function readWhole(request: IncomingMessage): Promise<Arrived> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const { method = '', url = '', rawHeaders } = request
  return { method, url, rawHeaders, body: Buffer.concat(chunks) }
}

/** Headers as entries, less those that every request of curl has. */
export function entries(rawHeaders: readonly string[]): [string, string][] {
  const pairs: [string, string][] = []
  for (let at = 0; at < rawHeaders.length; at += 2) pairs.push([rawHeaders[at] ?? '', rawHeaders[at + 1] ?? ''])
  return pairs.filter(([name]) => !['host', 'content-length', 'expect'].includes(name.toLowerCase()))
}
