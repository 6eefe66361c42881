import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createVerifier, type Keyring } from '@countersign/core'
import { InvalidArgumentError } from 'commander'
import { messageOf } from '../failure.js'
import { type KeyFlags, withKeys } from '../key-options.js'
import { type ProviderFlags, providerFrom } from '../provider-option.js'
import { colorsFor, type Terminal, widthOf } from '../terminal.js'
import { type Answering, answerTo, findingsOf } from './answering.js'
import { methodOf, readRequest, targetOf } from './delivery.js'
import type { ListenEvent } from './event.js'
import { eventJson, eventText } from './event-text.js'
import { saveDelivery } from './saved-delivery.js'
import { untilStopped } from './stop-signal.js'
import { createSummary } from './summary.js'

export interface ListenFlags extends ProviderFlags, KeyFlags {
  readonly port: number
  readonly host: string
  readonly path?: string
  readonly forward?: string
  readonly save?: string
  readonly tolerance?: number
  readonly maxBody?: number
  readonly json?: true
}

const DEFAULT_MAX_BODY = 1_048_576
/** For so long a sender that is still writing may read its answer. */
const LINGER_MS = 500
/** For so long deliveries under way may end after Ctrl-C. */
const LAST_MS = 2000

/** Receives until the user ends it. */
export async function listen(flags: ListenFlags, terminal: Terminal): Promise<void> {
  const provider = providerFrom(flags)
  const forwardTo = forwardUrl(flags.forward)
  await withKeys(flags, provider, terminal, async (keys: () => Promise<Keyring>) => {
    const limits = { toleranceSeconds: flags.tolerance, maxBodyBytes: flags.maxBody ?? DEFAULT_MAX_BODY }
    const verifier = createVerifier(provider, { keys, now: terminal.now, ...limits })
    await serve({ provider, verifier, keys, forwardTo, ...limits }, flags, terminal)
  })
}

function forwardUrl(text: string | undefined): URL | undefined {
  if (text === undefined) return undefined
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text)
  // It is not repeated: it may hold a password.
  throw new InvalidArgumentError('--forward: that is no URL; write http://host:port/path')
}

async function serve(answering: Answering, flags: ListenFlags, terminal: Terminal): Promise<void> {
  const { stdout, stderr, env } = terminal
  const summary = createSummary()
  const print = (event: ListenEvent) => {
    summary.count(event)
    const text = flags.json ? eventJson(event) : `${eventText(event, widthOf(stdout), colorsFor(stdout, env))}`
    stdout.write(`${text}\n`)
  }
  const underWay = new Set<Promise<void>>()
  const server = createServer((message, response) => {
    const handled = handle(message, response, answering, flags, terminal.now()).then(print, (error) => {
      // The sender has left.
      stderr.write(`error: ${messageOf(error)}\n`)
      response.destroy()
    })
    underWay.add(handled)
    handled.finally(() => underWay.delete(handled))
  })
  const address = await listening(server, flags)
  stderr.write(`listening on ${address} for ${answering.provider.title}; Ctrl-C ends it\n`)
  await untilStopped(stdout)
  server.close()
  await Promise.race([Promise.all(underWay), new Promise((resolve) => setTimeout(resolve, LAST_MS).unref())])
  server.closeAllConnections()
  stderr.write(`${summary.text()}\n`)
}

function listening(server: Server, { port, host, path = '/' }: ListenFlags): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      const { address, port: taken, family } = server.address() as AddressInfo
      resolve(`http://${family === 'IPv6' ? `[${address}]` : address}:${taken}${path}`)
    })
  })
}

async function handle(
  message: IncomingMessage,
  response: ServerResponse,
  answering: Answering,
  { path, save }: ListenFlags,
  at: number,
): Promise<ListenEvent> {
  const seen = { at, method: methodOf(message), target: targetOf(message), bodyBytes: 0, findings: [] }
  const misplaced = misplacement(message, path)
  if (misplaced !== undefined) {
    message.resume()
    response.writeHead(misplaced.status, misplaced.status === 405 ? { allow: 'POST' } : {}).end()
    return { ...seen, ...misplaced }
  }
  const request = await readRequest(message, answering.maxBodyBytes ?? DEFAULT_MAX_BODY)
  if (request === undefined) {
    // Not ended at once: with bytes unread the connection would be reset, and the answer lost (RFC 9112, section 9.6).
    response.writeHead(413, { connection: 'close', 'content-length': '0' }).flushHeaders()
    setTimeout(() => response.end(), LINGER_MS)
    return { ...seen, status: 413, problem: `the body is longer than ${answering.maxBodyBytes} bytes` }
  }
  const answer = await answerTo(request, answering)
  response.writeHead(answer.status).end()
  const event = { ...seen, bodyBytes: request.body.length, ...answer }
  try {
    const findings = await findingsOf(request, answer.verdict, at, answering)
    return { ...event, findings, savedAs: save && (await saveDelivery(save, request, at, wordFor(answer.verdict?.ok))) }
  } catch (error) {
    // A disk is full, or the keys have gone meanwhile. It was answered, and is told of.
    return { ...event, problem: [answer.problem, messageOf(error)].filter((text) => text !== undefined).join('; ') }
  }
}

function misplacement(message: IncomingMessage, path: string | undefined) {
  const [own] = targetOf(message).split('?')
  if (path !== undefined && own !== path) return { status: 404, problem: `only ${path} is listened to` }
  if (methodOf(message) !== 'POST') return { status: 405, problem: 'a delivery is a POST' }
  return undefined
}

function wordFor(isAccepted: boolean | undefined): string {
  return isAccepted === undefined ? 'unverified' : isAccepted ? 'accepted' : 'refused'
}
