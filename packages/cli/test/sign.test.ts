import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommand } from './run-command.js'
import { argumentsOf, bodyOf, PROVIDER_IDS, type Vector, vectorOf } from './vectors.js'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-sign-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function sign(provider: string, more: readonly string[] = [], vector: Vector = vectorOf(provider)) {
  const { argv, env, now } = argumentsOf(provider, vector)
  return runCommand(['sign', ...argv, ...now, ...more], { env, input: bodyOf(vector) })
}

it.each(PROVIDER_IDS)('makes the headers that openssl makes: %s', async (provider) => {
  const vector = vectorOf(provider)
  const { code, stdout, stderr } = await sign(provider)
  expect([code, stderr]).toEqual([0, ''])
  const lines = Object.entries(vector.headers).map(([name, value]) => `${name}: ${value}\n`)
  expect(stdout).toBe(lines.join(''))
})

describe('the body', () => {
  const { argv, env } = argumentsOf('autify', vectorOf('autify'))
  const body = '{"a":1}'
  // printf '{"a":1}' | openssl dgst -sha1 -hmac 0000000000111111111122222222223333333333
  const line = 'X-Autify-Signature: sha1=3974fe892187365781d2fe5179f3473468d0baac\n'

  it('comes by an option, a file or stdin', async () => {
    writeFileSync(join(folder, 'body'), body)
    expect((await runCommand(['sign', ...argv, '--body', body], { env })).stdout).toBe(line)
    expect((await runCommand(['sign', ...argv, '--body-file', join(folder, 'body')], { env })).stdout).toBe(line)
    expect((await runCommand(['sign', ...argv, '--body-file', '-'], { env, input: body })).stdout).toBe(line)
    expect((await runCommand(['sign', ...argv], { env, input: body })).stdout).toBe(line)
  })

  it('is signed with its line break, where it has one', async () => {
    expect((await runCommand(['sign', ...argv], { env, input: `${body}\n` })).stdout).not.toBe(line)
  })
})

it('prints a request that verifies', async () => {
  const { stdout } = await sign('global-commerce', ['--http', '--url', 'https://shop.example/hooks?x=1'])
  expect(stdout).toMatch(/^POST \/hooks\?x=1 HTTP\/1\.1\r\nHost: shop\.example\r\n/)
  const { argv, env, now } = argumentsOf('global-commerce', vectorOf('global-commerce'))
  expect((await runCommand(['verify', ...argv, ...now], { env, input: stdout })).code).toBe(0)
})

it('prints a curl command that a shell sends, byte for byte', async () => {
  const vector: Vector = { ...vectorOf('autify'), body: "it's\r\n$HOME \\ `x` \u00e9\n" }
  let arrived: { body: Buffer; signature: unknown } | undefined
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    arrived = { body: Buffer.concat(chunks), signature: request.headers['x-autify-signature'] }
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const { stdout } = await sign('autify', ['--curl', '--url', url], vector)
  await promisify(execFile)('sh', ['-c', stdout])
  server.close()
  expect(arrived?.body).toEqual(bodyOf(vector))
  expect(`X-Autify-Signature: ${arrived?.signature}\n`).toBe((await sign('autify', [], vector)).stdout)
})

it('writes a token in the bytes of the secret', async () => {
  const env = { TOKEN: 'schl\u00fcssel-der-t\u00fcr' }
  const words = ['-p', 'insider', '-o', 'mode=token', '--secret-env', 'TOKEN']
  const { stdout } = await runCommand(['sign', ...words, '--body', '{}'], { env })
  expect(stdout).toBe(`X-INS-AUTH: ${env.TOKEN}\n`)
  const header = ['-H', stdout.trim(), '--body-file', '/dev/null']
  expect((await runCommand(['verify', ...words, ...header], { env })).code).toBe(0)
})

it('is one document for programs', async () => {
  const { stdout } = await sign('insider', ['--json'])
  const vector = vectorOf('insider')
  expect(JSON.parse(stdout)).toEqual({ ok: true, headers: vector.headers, bodyBytes: bodyOf(vector).length })
})

it.each([
  [['--curl'], 2, '--curl: say where it goes, with --url <url>'],
  [['--url', '/hooks'], 2, '--url /hooks: it is no absolute URL'],
  [['--curl', '--http'], 2, 'cannot be used with'],
  [['--body', 'a', '--body-file', 'b'], 2, 'cannot be used with'],
  [['--body-file', 'none.json'], 3, 'ENOENT'],
  [['--secret-env', 'SECRET_0'], 3, 'ambiguous-signer'],
])('%j: exit %i', async (more, code, message) => {
  const outcome = await sign('orange-logic', more)
  expect([outcome.code, outcome.stdout]).toEqual([code, ''])
  expect(outcome.stderr).toContain(message)
})
