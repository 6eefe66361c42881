import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { agilePoint } from '@countersign/agilepoint'
import { autify } from '@countersign/autify'
import { type AnyProvider, createVerifier, type KeysInput, type Verdict } from '@countersign/core'
import { globalCommerce } from '@countersign/global-commerce'
import { insider } from '@countersign/insider'
import { orangeLogic } from '@countersign/orange-logic'
import { afterEach, describe, expect, it } from 'vitest'
import { runCommand } from './run-command.js'

const env = { OLD: 'the-old-secret-of-all', NEW: 'the-new-secret-of-all' }
const HEADERS = { primary: 'X-A', secondary: 'X-B' }
const AGILEPOINT = ['-p', 'agilepoint', '-o', 'headers.primary=X-A', '-o', 'headers.secondary=X-B']

interface Received {
  readonly headers: IncomingMessage['headers']
  readonly rawHeaders: readonly string[]
  readonly body: Buffer
}

let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

/** A receiver that answers as it is told, and keeps what came. */
async function receiver(statusOf: (received: Received, count: number) => number | Promise<number>, text = '') {
  const received: Received[] = []
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const { headers, rawHeaders } = request
    const one = { headers, rawHeaders, body: Buffer.concat(chunks) }
    received.push(one)
    response.writeHead(await statusOf(one, received.length)).end(text)
  })
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  return { received, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks` }
}

/** One that verifies with the library. */
function verifying(provider: AnyProvider, keys: KeysInput<string>) {
  const verdicts: Verdict[] = []
  const verifier = createVerifier(provider, { keys })
  const answering = receiver(async ({ headers, body }) => {
    const verdict = await verifier.verify({ headers, body })
    verdicts.push(verdict)
    return verdict.ok ? 200 : 401
  })
  return answering.then((started) => ({ ...started, verdicts }))
}

const send = (url: string, ...more: string[]) => runCommand(['send', url, ...more], { env })

it.each<[AnyProvider, readonly string[]]>([
  [autify(), ['-p', 'autify', '--secret-env', 'OLD']],
  [insider(), ['-p', 'insider', '--secret-env', 'OLD']],
  [orangeLogic(), ['-p', 'orange-logic', '--secret-env', 'OLD']],
  [globalCommerce(), ['-p', 'global-commerce', '--secret-env', 'OLD']],
])('sends a sample event that verifies: $title', async (provider, words) => {
  const { url, verdicts } = await verifying(provider, env.OLD)
  const { code, stdout, stderr } = await send(url, ...words)
  expect([code, stderr]).toEqual([0, ''])
  expect(verdicts).toMatchObject([{ ok: true }])
  expect(stdout).toMatch(
    /^POST http:\/\/127\.0\.0\.1:\d+\/webhooks\n {2}a sample event of \d+ bytes, signed as .+ does\n/,
  )
  expect(stdout).toMatch(/\n200 OK in \d+ ms\n$/)
})

it('sends the body of an option, with further headers', async () => {
  const { url, received } = await receiver(() => 204)
  const { code, stdout } = await send(
    url,
    '-p',
    'autify',
    '--secret-env',
    'OLD',
    '--body',
    'a=1',
    '-H',
    'Content-Type: text/x',
    '-H',
    'X-Own: 1',
  )
  expect(code).toBe(0)
  expect(stdout).toContain('a body of 3 bytes')
  expect(received).toMatchObject([{ body: Buffer.from('a=1'), headers: { 'content-type': 'text/x', 'x-own': '1' } }])
})

it('passes on a password of the URL, and does not show it', async () => {
  const { url, received } = await receiver(() => 200)
  const { code, stdout } = await send(
    url.replace('http://', 'http://me:s%40fe@'),
    '-p',
    'autify',
    '--secret-env',
    'OLD',
  )
  expect(code).toBe(0)
  expect(received[0]?.headers.authorization).toBe(`Basic ${Buffer.from('me:s@fe').toString('base64')}`)
  expect(stdout).not.toContain('s%40fe')
})

describe('--rotate', () => {
  const both = ['--secret-env', 'OLD', '--secret-env', 'NEW', '--rotate']

  it('signs with both keys of Orange Logic, the old one as v1 and the new one as v1a', async () => {
    const { url, received } = await receiver(() => 200)
    expect((await send(url, '-p', 'orange-logic', ...both)).code).toBe(0)
    const header = String(received[0]?.headers['x-ol-signature'])
    expect(header).toMatch(/^v1,\S{44} v1a,\S{44}$/)
    const verifyWith = (keys: string, text: string) => {
      const body = received[0]?.body ?? Buffer.alloc(0)
      return createVerifier(orangeLogic(), { keys }).verify({ headers: { 'X-ol-signature': text }, body })
    }
    const [first = '', second = ''] = header.split(' ')
    expect(await verifyWith(env.OLD, first)).toMatchObject({ ok: true })
    expect(await verifyWith(env.NEW, second)).toMatchObject({ ok: true })
    expect(await verifyWith(env.NEW, first)).toMatchObject({ ok: false })
  })

  it('signs with all of Global Commerce', async () => {
    const { url, received } = await receiver(() => 200)
    expect((await send(url, '-p', 'global-commerce', ...both)).code).toBe(0)
    const { body, headers } = received[0] as Received
    expect(headers['digitalriver-signature']).toMatch(/^\d{10}, \S{44}, \S{44}$/)
    for (const keys of [env.OLD, env.NEW]) {
      expect(await createVerifier(globalCommerce(), { keys }).verify({ headers, body })).toMatchObject({ ok: true })
    }
  })

  it('signs with both slots of AgilePoint', async () => {
    const { url, received } = await receiver(() => 200)
    const slots = ['--secret-env', 'primary=OLD', '--secret-env', 'secondary=NEW']
    expect((await send(url, ...AGILEPOINT, ...slots, '--rotate')).code).toBe(0)
    const { body, headers } = received[0] as Received
    const provider = agilePoint({ headers: HEADERS })
    expect(await createVerifier(provider, { keys: { primary: env.OLD } }).verify({ headers, body })).toMatchObject({
      ok: true,
    })
    expect(await createVerifier(provider, { keys: { secondary: env.NEW } }).verify({ headers, body })).toMatchObject({
      ok: true,
    })
  })

  it.each([
    [['-p', 'autify', ...both], 'Autify swaps its secret at once'],
    [['-p', 'insider', ...both], 'Insider swaps its secret at once'],
    [['-p', 'orange-logic', '--secret-env', 'OLD', '--rotate'], 'give the older secret and then the newer one'],
    [['-p', 'global-commerce', '--secret-env', 'OLD', '--rotate'], 'give the older secret and then the newer one'],
    [[...AGILEPOINT, '--secret-env', 'primary=OLD', '--rotate'], 'signs with a key of the slot secondary as well'],
  ])('%j cannot', async (words, message) => {
    const { code, stderr } = await send('http://127.0.0.1:1/', ...words)
    expect(code).toBe(2)
    expect(stderr).toContain(message)
  })
})

describe('--tamper', () => {
  const words = ['-p', 'autify', '--secret-env', 'OLD', '--tamper']

  it('is right where it is refused', async () => {
    const { url, verdicts } = await verifying(autify(), env.OLD)
    const { code, stdout } = await send(url, ...words)
    expect(verdicts).toMatchObject([{ ok: false, reason: 'no-matching-key' }])
    expect(code).toBe(0)
    expect(stdout).toContain('401 Unauthorized')
    expect(stdout).toContain('✔ the changed body was refused\n')
  })

  it.each([
    [200, 'was accepted: the receiver does not verify it'],
    [500, 'was not refused with 4xx'],
  ])('is wrong where it is answered %i', async (status, message) => {
    const { url } = await receiver(() => status)
    const { code, stdout } = await send(url, ...words)
    expect(code).toBe(1)
    expect(stdout).toContain(`✘ the changed body ${message}`)
  })

  it('changes one byte, and leaves JSON what it is', async () => {
    const { url, received } = await receiver(() => 401)
    await send(url, ...words, '--body', '{"a":"b"}')
    expect(received[0]?.body.toString()).toBe('{"a":"c"}')
    expect((await send(url, ...words, '--body', '')).stderr).toContain('the body is empty')
  })
})

describe('--repeat', () => {
  const words = ['-p', 'global-commerce', '--secret-env', 'OLD', '--repeat', '3']

  it('sends the very same delivery again', async () => {
    const { url, received } = await receiver(() => 200)
    const { code, stdout } = await send(url, ...words)
    expect(code).toBe(0)
    expect(received.length).toBe(3)
    expect(new Set(received.map(({ headers }) => headers['digitalriver-signature'])).size).toBe(1)
    expect(stdout).toMatch(
      /1\. 200 OK in \d+ ms\n2\. 200 OK in \d+ ms\n3\. 200 OK in \d+ ms\n✔ repeats were answered as a duplicate should be/,
    )
  })

  it('tells where a repeat is answered otherwise', async () => {
    const { url } = await receiver((_, count) => (count === 1 ? 200 : 409))
    const { code, stdout } = await send(url, ...words)
    expect(code).toBe(1)
    expect(stdout).toContain('✘ repeats were answered otherwise than the first')
  })
})

describe('the answer', () => {
  const words = ['-p', 'autify', '--secret-env', 'OLD']

  it.each([302, 401, 500])('%i is none that a vendor takes', async (status) => {
    const { url } = await receiver(() => status)
    expect((await send(url, ...words)).code).toBe(1)
  })

  it('is shown in its beginning, without what steers a terminal', async () => {
    const { url } = await receiver(() => 200, `\u001b[2Jhello\n${'x'.repeat(1000)}\n\n3\n4\n5\n6\n${'y'.repeat(1e6)}`)
    const { code, stdout } = await send(url, ...words)
    expect(code).toBe(0)
    expect(stdout).toContain(`\n  \\u{1b}[2Jhello\n  ${'x'.repeat(200)}…\n  3\n  4\n  5\n  …\n`)
    expect(stdout.length).toBeLessThan(1000)
  })

  it('is one document for programs', async () => {
    const { url, received } = await receiver(() => 200, 'ok')
    const { code, stdout } = await send(url, ...words, '--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toEqual({
      ok: true,
      url,
      provider: 'autify',
      headers: { 'X-Autify-Signature': received[0]?.headers['x-autify-signature'] },
      bodyBytes: received[0]?.body.length,
      sample: true,
      rotating: false,
      tampered: false,
      replies: [{ status: 200, durationMs: expect.any(Number), body: 'ok' }],
    })
  })

  it('never holds the secret, which is what a token is', async () => {
    const { url, received } = await receiver(() => 200)
    for (const more of [[], ['--json']]) {
      const { stdout } = await send(url, '-p', 'insider', '-o', 'mode=token', '--secret-env', 'OLD', ...more)
      expect(stdout).toContain('X-INS-AUTH')
      expect(stdout).not.toContain(env.OLD)
    }
    expect(received[0]?.headers['x-ins-auth']).toBe(env.OLD)
  })
})

describe('without an answer', () => {
  const words = ['-p', 'autify', '--secret-env', 'OLD']

  it('a receiver that is not there is told from one that refuses', async () => {
    const { url } = await receiver(() => 200)
    server?.close()
    const { code, stdout, stderr } = await send(url, ...words, '--json')
    expect([code, stderr]).toEqual([3, ''])
    expect(JSON.parse(stdout)).toEqual({
      ok: false,
      error: {
        code: 'failed',
        message: expect.stringContaining('cannot be reached'),
        hint: expect.stringContaining('connect ECONNREFUSED'),
      },
    })
    expect((await send(url, ...words)).stderr).toMatch(
      /^error: http:\/\/127\.0\.0\.1:\d+ cannot be reached\nhint: connect ECONNREFUSED/,
    )
  })

  it('never repeats a header that cannot be sent: a token is the secret', async () => {
    const { url } = await receiver(() => 200)
    const token = 'the-first-line-of-all\nthe-second-line-of-all'
    const argv = ['send', url, '-p', 'insider', '-o', 'mode=token', '--secret-env', 'TOKEN']
    for (const more of [[], ['--json']]) {
      const { code, stdout, stderr } = await runCommand([...argv, ...more], { env: { TOKEN: token } })
      expect(code).toBe(3)
      expect(stdout + stderr).not.toContain('line-of-all')
      expect(stdout + stderr).toContain('X-INS-AUTH')
    }
  })

  it('one that takes too long is not waited for', async () => {
    const { url } = await receiver(() => new Promise<number>(() => undefined))
    const { code, stderr } = await send(url, ...words, '--timeout', '0.2')
    expect(code).toBe(3)
    expect(stderr).toContain('has not answered for 0.2 s')
  })

  it.each([
    [['ftp://localhost/', ...words], '<url>: that is no URL'],
    [['localhost:3000', ...words], '<url>: that is no URL'],
    [words, "missing required argument 'url'"],
    [['http://localhost/', ...words, '--repeat', '0'], 'It must be a whole number from 1 to 1000.'],
    [['http://localhost/', ...words, '--timeout', '0'], 'It must be a number of seconds'],
  ])('%j is not understood', async (argv, message) => {
    const { code, stderr } = await runCommand(['send', ...argv], { env })
    expect(code).toBe(2)
    expect(stderr).toContain(message)
  })
})
