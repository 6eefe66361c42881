// One server in a process of its own: node http-server.js FRAMEWORK MODE FOLDERS-AS-JSON. It tells its port, and answers each
// message with the processor time that it has used.
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { REQUEST_BYTES } from './bodies.js'
import { globalCommerceByHand } from './by-hand/global-commerce.js'
import { LOAD_FILE, loaderOf } from './load.js'
import { SECRET } from './mac.js'
import { leastMac } from './references.js'
import { SCHEMES, verifierOf } from './schemes.js'
import type { Framework, HttpFolders, Mode } from './sections/http.js'

export interface ServerReport {
  /** User and system, in microseconds, since the process began. */
  readonly cpu: number
}

type Headers = Record<string, string | string[] | undefined>
/** The status of a delivery that was read. */
type Judge = (headers: Headers, body: Uint8Array) => number | Promise<number>

const [framework, mode, folders] = process.argv.slice(2) as [Framework, Mode, string]
const { repository, peers, http } = JSON.parse(folders) as HttpFolders
const load = loaderOf({ repository, peers })
const { load: loadFramework } = await import(pathToFileURL(join(http, LOAD_FILE)).href)
const verifier = await verifierOf(SCHEMES['global-commerce'], load, SECRET)
const byHand = globalCommerceByHand(SECRET)

const least = leastMac(SCHEMES['global-commerce'].hash, new Uint8Array(REQUEST_BYTES))
const JUDGES: Record<Exclude<Mode, 'receiver'>, Judge> = {
  read: () => 200,
  floor: () => (least() ? 200 : 401),
  byHand: async (headers, body) => ((await byHand.verify({ headers, body })).ok ? 200 : 401),
  verify: async (headers, body) => ((await verifier.verify({ headers, body })).ok ? 200 : 401),
}
const judge = JUDGES[mode as keyof typeof JUDGES]

/** The receiver, in the framework's own form. */
async function skin(name: string): Promise<never> {
  const { createReceiver } = await load<{ createReceiver(...args: unknown[]): unknown }>('@countersign/http')
  const receiver = createReceiver(verifier, { idempotency: 'off', handle() {} })
  const path = join(repository, 'packages', 'http', 'dist', `${framework}.js`)
  const skins = (await import(pathToFileURL(path).href)) as Record<string, (receiver: unknown) => never>
  return (skins[name] as (receiver: unknown) => never)(receiver)
}

const START: Record<Framework, () => Promise<number>> = {
  async node() {
    const listener: RequestListener =
      mode === 'receiver'
        ? await skin('toNode')
        : async (request, response) => answer(response, await judge(request.headers, await bodyOf(request)))
    return listen(listener)
  },
  async express() {
    const { default: express } = await loadFramework('express')
    const app = express()
    if (mode === 'receiver') app.all('/webhooks', await skin('toExpress'))
    else {
      app.post('/webhooks', express.raw({ type: () => true }), async (request: never, response: ServerResponse) => {
        const { headers, body } = request as { headers: Headers; body: Uint8Array }
        answer(response, await judge(headers, body))
      })
    }
    return listen(app)
  },
  async fastify() {
    const { default: fastify } = await loadFramework('fastify')
    const app = fastify()
    if (mode === 'receiver') app.register(await skin('toFastify'), { path: '/webhooks' })
    else {
      const asIs = (_: unknown, body: Uint8Array, done: (error: null, body: Uint8Array) => void) => done(null, body)
      app.addContentTypeParser('application/json', { parseAs: 'buffer' }, asIs)
      app.post('/webhooks', async (request: { headers: Headers; body: Uint8Array }, reply: FastifyReply) => {
        reply.code(await judge(request.headers, request.body))
        return ''
      })
    }
    await app.listen({ port: 0, host: '127.0.0.1' })
    return app.server.address().port
  },
  async hono() {
    const { Hono } = await loadFramework('hono')
    const { serve } = await loadFramework('@hono/node-server')
    const app = new Hono()
    if (mode === 'receiver') app.all('/webhooks', await skin('toHono'))
    else {
      app.post('/webhooks', async ({ req, body }: HonoContext) => {
        const bytes = new Uint8Array(await req.arrayBuffer())
        return body('', await judge(req.header(), bytes))
      })
    }
    return new Promise((resolve) =>
      serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }: { port: number }) => resolve(port)),
    )
  },
}

interface FastifyReply {
  code(status: number): void
}

interface HonoContext {
  req: { arrayBuffer(): Promise<ArrayBuffer>; header(): Headers }
  body: (text: string, status: number) => Response
}

function listen(listener: RequestListener): Promise<number> {
  const server = createServer(listener)
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port))
  })
}

/** The leanest way there is, so that what is added to it looks no smaller than it is. */
function bodyOf(request: IncomingMessage): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => resolve(Buffer.concat(chunks)))
    request.on('error', reject)
  })
}

function answer(response: ServerResponse, status: number): void {
  response.writeHead(status)
  response.end()
}

const port = await START[framework]()
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.({ cpu: user + system } satisfies ServerReport)
})
process.send?.({ port })
