import { type AnyProvider, sign } from '@countersign/core'
import { InvalidArgumentError } from 'commander'
import { basicAuthorization } from '../basic-authorization.js'
import { type BodyFlags, bodyFrom } from '../body-options.js'
import { EXIT } from '../exit-codes.js'
import { parseHeader } from '../header-option.js'
import { type KeyFlags, ringFrom } from '../key-options.js'
import { printJson } from '../print-json.js'
import { type ProviderFlags, providerFrom } from '../provider-option.js'
import { sampleBody } from '../samples/sample-event.js'
import { colorsFor, type Terminal } from '../terminal.js'
import { post, type Reply } from './post.js'
import { replyText, type Sending, sendingText, verdictText } from './report.js'
import { rotatingKeys } from './rotating-keys.js'
import { tampered } from './tamper.js'

export interface SendFlags extends ProviderFlags, KeyFlags, BodyFlags {
  readonly header?: readonly string[]
  readonly rotate?: true
  readonly tamper?: true
  readonly repeat: number
  readonly id?: string
  readonly now?: number
  readonly timeout: number
  readonly json?: true
}

/** Sends a delivery and tells how it was answered. Resolves to the exit code. */
export async function send(address: string, flags: SendFlags, terminal: Terminal): Promise<number> {
  const { stdout, env } = terminal
  const sending = await prepared(receiverAt(address), flags, terminal)
  const { url } = sending
  const colors = colorsFor(stdout, env)
  if (!flags.json) stdout.write(`${sendingText(sending, colors)}\n`)
  const replies: Reply[] = []
  for (let count = 1; count <= flags.repeat; count++) {
    const reply = await post(url, sending.headers, sending.body, flags.timeout * 1000)
    replies.push(reply)
    if (!flags.json) stdout.write(`${replyText(reply, count, flags.repeat, colors)}\n`)
  }
  const isRight = replies.every(({ status }) => (flags.tamper ? isRefusal(status) : isSuccess(status)))
  if (flags.json) printJson(stdout, { ok: isRight, url, ...sentJson(sending, flags), replies })
  else stdout.write(verdictText(replies, flags, sending.provider, colors))
  return isRight ? EXIT.verified : EXIT.refused
}

interface Receiver {
  readonly url: string
  readonly headers: readonly (readonly [string, string])[]
}

/** Names and passwords in a URL go into a header, and are not shown. */
function receiverAt(address: string): Receiver {
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) {
    // It is not repeated: it may hold a password.
    throw new InvalidArgumentError('<url>: that is no URL; write http://host:port/path')
  }
  const url = new URL(address)
  const authorization = basicAuthorization(url)
  if (authorization === undefined) return { url: address, headers: [] }
  Object.assign(url, { username: '', password: '' })
  return { url: url.href, headers: [authorization] }
}

async function prepared({ url, headers: own }: Receiver, flags: SendFlags, terminal: Terminal): Promise<Sending> {
  const provider = providerFrom(flags)
  const ring = await ringFrom(flags, provider, terminal)
  const now = flags.now ?? terminal.now()
  const keys = flags.rotate ? rotatingKeys(ring, provider, now) : ring
  const given = await bodyFrom(flags, terminal)
  const body = given ?? sampleBody(provider.id)
  const signatures = Object.entries(await sign(provider, keys, body, { now, id: flags.id, url }))
  const others = [...own, ...(flags.header ?? []).map(parseHeader)]
  const hasType = others.some(([name]) => name.toLowerCase() === 'content-type')
  const headers = [...(hasType ? [] : [['Content-Type', 'application/json'] as const]), ...others, ...signatures]
  return {
    url,
    provider,
    headers,
    signatures,
    body: flags.tamper ? tampered(body) : body,
    isSample: given === undefined,
  }
}

/** In token mode the header is the secret. */
function sentJson({ provider, signatures, body, isSample }: Sending, { rotate, tamper }: SendFlags) {
  const names = signatures.map(([name]) => name)
  const headers = isToken(provider) ? names : Object.fromEntries(signatures)
  const sent = { provider: provider.id, headers, bodyBytes: body.length, sample: isSample }
  return { ...sent, rotating: rotate === true, tampered: tamper === true }
}

function isToken({ scheme }: AnyProvider): boolean {
  return scheme.kind === 'token'
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300
}

function isRefusal(status: number): boolean {
  return status >= 400 && status < 500
}
