import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCommand, startListener } from './run-command.js'
import { argumentsOf, bodyOf, type Vector, vectorOf } from './vectors.js'

const good = vectorOf('autify')
const bad: Vector = { ...good, body: JSON.stringify(JSON.parse(good.body ?? ''), null, 1) }
const { argv, env } = argumentsOf('autify', good)

let folder: string
let listener: Awaited<ReturnType<typeof startListener>> | undefined
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-listen-'))
})
afterEach(async () => {
  await listener?.stop('SIGKILL')
  rmSync(folder, { recursive: true })
})

async function listen(...more: string[]) {
  listener = await startListener([...argv, ...more], { env, cwd: folder })
  return listener
}

async function post(url: string, { headers, ...vector }: Vector, init: RequestInit = {}): Promise<number> {
  const response = await fetch(url, {
    method: 'POST',
    headers: headers as Record<string, string>,
    body: bodyOf({ headers, ...vector }),
    ...init,
  })
  await response.arrayBuffer()
  return response.status
}

it('prints each delivery with its verdict, and at the end how many there were', async () => {
  const { url, nextLine, stop } = await listen()
  expect(await post(url, good)).toBe(200)
  expect(await nextLine()).toMatch(/^\d\d:\d\d:\d\d {2}✔ 200 {2}POST \/ {2}\d+ bytes$/)
  expect(await nextLine()).toBe('          accepted: key-1 (active)')
  expect(await post(url, bad)).toBe(401)
  expect(await nextLine()).toMatch(/✘ 401 {2}POST \//)
  expect(await nextLine()).toBe("          refused: no-matching-key, tried 'key-1'")
  expect(await nextLine()).toBe('          1. body-reserialised (certain)')
  const { code, stderr } = await stop()
  expect(code).toBe(0)
  expect(stderr).toBe(
    `listening on ${url} for Autify; Ctrl-C ends it\n2 requests: 1 accepted, 1 refused (no-matching-key 1)\n`,
  )
})

it('prints a line of JSON for each, and nothing else on stdout', async () => {
  const { url, stop } = await listen('--json')
  await post(`${url}hooks?x=1`, good)
  await post(url, bad)
  const { code, stdout } = await stop('SIGTERM')
  expect(code).toBe(0)
  const [first, second, ...others] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(others).toEqual([])
  expect(first).toEqual({
    at: expect.any(Number),
    method: 'POST',
    target: '/hooks?x=1',
    bodyBytes: bodyOf(good).length,
    status: 200,
    verdict: {
      ok: true,
      provider: 'autify',
      keyId: 'key-1',
      keyState: 'active',
      assurance: 'body-mac',
      bodyBytes: bodyOf(good).length,
    },
    findings: [],
  })
  expect(second).toMatchObject({
    status: 401,
    verdict: { ok: false, reason: 'no-matching-key' },
    findings: [
      {
        code: 'body-reserialised',
        summary: expect.any(String),
        fix: expect.any(String),
        keyId: 'key-1',
        certain: true,
      },
    ],
  })
})

describe('what is no delivery', () => {
  it('is answered as a receiver does', async () => {
    const { url, stop } = await listen('--json', '--path', '/hooks', '--max-body', '1000')
    expect(url).toMatch(/\/hooks$/)
    expect((await fetch(url)).headers.get('allow')).toBe('POST')
    expect(await post(url.replace('/hooks', '/other'), good)).toBe(404)
    expect(await post(url, { ...good, body: 'x'.repeat(1001) })).toBe(413)
    expect(await post(url, { ...good, body: 'x'.repeat(1000) })).toBe(401)
    const { stdout } = await stop()
    const statuses = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).status)
    expect(statuses).toEqual([405, 404, 413, 401])
  })

  it('an endless body is not read on', async () => {
    const { url, stop } = await listen('--json')
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    socket.on('error', () => undefined)
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n')
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`
    const answer = new Promise<string>((resolve) => socket.once('data', (data) => resolve(data.toString())))
    for (let count = 0; count < 20; count++) socket.write(chunk)
    expect(await answer).toMatch(/^HTTP\/1\.1 413 /)
    await new Promise((resolve) => socket.once('close', resolve))
    expect((await stop()).code).toBe(0)
  })

  it('a sender who leaves ends nothing', async () => {
    const { url, stop } = await listen('--json')
    const left = request(url, { method: 'POST', headers: { 'content-length': 100 } })
    left.on('error', () => undefined)
    left.write('half')
    await new Promise((resolve) => setTimeout(resolve, 100))
    left.destroy()
    expect(await post(url, good)).toBe(200)
    const { code, stderr } = await stop()
    expect(code).toBe(0)
    expect(stderr).toContain('error: aborted')
  })
})

describe('--forward', () => {
  it('passes accepted deliveries on as they came, and relays the status', async () => {
    const arrived: { rawHeaders: string[]; body: Buffer; target: string | undefined }[] = []
    const target = createServer(async (message, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of message) chunks.push(chunk)
      arrived.push({ rawHeaders: message.rawHeaders, body: Buffer.concat(chunks), target: message.url })
      response.writeHead(202).end('done')
    })
    await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve))
    const { port } = target.address() as AddressInfo
    const { url } = await listen('--forward', `http://me:pw@127.0.0.1:${port}/inside?x=1`)
    expect(await post(url, good, { headers: { ...(good.headers as Record<string, string>), 'X-Twice': 'a' } })).toBe(
      202,
    )
    expect(await post(url, bad)).toBe(401)
    target.closeAllConnections()
    target.close()
    expect(arrived.length).toBe(1)
    const [{ rawHeaders, body, target: path } = { rawHeaders: [] as string[], body: undefined, target: '' }] = arrived
    expect([path, body]).toEqual(['/inside?x=1', bodyOf(good)])
    const [name = ''] = Object.keys(good.headers)
    const lower = rawHeaders.map((text, index) => (index % 2 === 0 ? text.toLowerCase() : text))
    expect(lower).toContain(name.toLowerCase())
    expect(lower.filter((text) => text === 'host' || text === 'content-length').length).toBe(2)
    expect(lower[lower.indexOf('host') + 1]).toBe(`127.0.0.1:${port}`)
    expect(lower[lower.indexOf('x-twice') + 1]).toBe('a')
    expect(lower[lower.indexOf('authorization') + 1]).toBe(`Basic ${Buffer.from('me:pw').toString('base64')}`)
  })

  it('is a bad gateway where nobody is there', async () => {
    const { url, stop } = await listen('--json', '--forward', 'http://127.0.0.1:1/')
    expect(await post(url, good)).toBe(502)
    const event = JSON.parse((await stop()).stdout)
    expect(event).toMatchObject({
      status: 502,
      verdict: { ok: true },
      problem: expect.stringContaining('ECONNREFUSED'),
    })
  })
})

describe('--save', () => {
  it('keeps each delivery as a file that explain reads, for its owner alone', async () => {
    const { url, stop } = await listen('--save', 'kept/here')
    await post(url, good)
    await post(url, bad)
    const { stdout } = await stop()
    const saved = join(folder, 'kept', 'here')
    const files = readdirSync(saved).sort()
    expect(files).toEqual([
      expect.stringMatching(/^\d{4}-.*-accepted\.http$/),
      expect.stringMatching(/-refused\.http$/),
    ])
    for (const file of files) {
      expect(stdout).toContain(`saved as ${join('kept/here', file)}`)
      expect(statSync(join(saved, file)).mode & 0o777).toBe(0o600)
    }
    const [accepted = '', refused = ''] = files.map((file) => join(saved, file))
    const explained = await runCommand(['explain', accepted, ...argv], { env })
    expect([explained.code, explained.stderr]).toEqual([0, ''])
    expect((await runCommand(['explain', refused, ...argv], { env })).stdout).toContain('body-reserialised')
  })
})

it('tells of a delivery that cannot be saved, too', async () => {
  const path = join(folder, 'no-folder')
  writeFileSync(path, '')
  const { url, stop } = await listen('--json', '--save', path)
  expect(await post(url, good)).toBe(200)
  const { stdout, stderr } = await stop()
  expect(JSON.parse(stdout)).toMatchObject({
    status: 200,
    verdict: { ok: true },
    problem: expect.stringContaining('it was not saved: EEXIST'),
  })
  expect(stderr).toContain('1 request: 1 accepted, 0 refused')
})

describe('it cannot listen', () => {
  it('where the port is taken', async () => {
    const { url } = await listen()
    const taken = ['listen', ...argv, '--port', new URL(url).port]
    const { code, stdout, stderr } = await runCommand(taken, { env })
    expect([code, stdout]).toEqual([3, ''])
    expect(stderr).toContain('EADDRINUSE')
  })

  it.each([
    [['--port', '65536'], 'It must be a whole number from 0 to 65535.'],
    [['--path', 'hooks'], 'It begins with a slash.'],
    [['--forward', 'localhost:3000'], '--forward: that is no URL'],
  ])('with %j', async (more, message) => {
    const { code, stderr } = await runCommand(['listen', ...argv, ...more], { env })
    expect(code).toBe(2)
    expect(stderr).toContain(message)
  })
})

it('ends when nobody reads any more', async () => {
  const { url, child, ended } = await listen('--json')
  child.stdout.destroy()
  await post(url, good)
  expect((await ended).code).toBe(0)
})
