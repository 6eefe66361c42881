import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run } from '../src/program.js'
import { runCommand } from './run-command.js'
import { fakeTerminal } from './streams.js'
import {
  argumentsOf,
  bodyOf,
  isExpressible,
  PROVIDER_IDS,
  rawHttp,
  type Vector,
  vectorOf,
  vectorsOf,
} from './vectors.js'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-verify-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const autify = vectorOf('autify')

function verify(provider: string, vector: Vector, ...more: string[]) {
  const { argv, env, now } = argumentsOf(provider, vector)
  return runCommand(['verify', ...argv, ...now, ...more], { env, input: rawHttp(vector) })
}

describe.each(PROVIDER_IDS)('%s', (provider) => {
  it('verifies, and says with which key', async () => {
    const vector = vectorOf(provider)
    const { code, stdout, stderr } = await verify(provider, vector)
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toContain(`✔ accepted: signed with ${vector.keyId}\n`)
    expect(stdout).toContain(`${vector.keyId} (active)`)
    expect(stdout).toContain(`${bodyOf(vector).length} bytes`)
  })

  it('says why it is refused', async () => {
    const { code, stdout, stderr } = await verify(provider, vectorOf(provider, 'no-matching-key'))
    expect([code, stderr]).toEqual([1, ''])
    expect(stdout).toMatch(/^✘ refused: no-matching-key \(a receiver answers 401\)\n {2}tried '/)
    expect(stdout).toContain('countersign explain, with the same options, tells more.')
  })

  it('says what each vector says', async () => {
    const vectors = vectorsOf(provider).filter(isExpressible)
    expect(vectors.length).toBeGreaterThan(15)
    for (const vector of vectors) {
      const { argv, env, now } = argumentsOf(provider, vector)
      const headers = Object.entries(vector.headers).flatMap(([name, values]) =>
        [values].flat().map((value) => [name, value]),
      )
      const input = JSON.stringify({ headers, bodyBase64: bodyOf(vector).toString('base64') })
      const terminal = fakeTerminal({ env, input })
      const code = await run(['verify', ...argv, ...now, '--json'], terminal)
      const verdict = JSON.parse(terminal.texts.stdout)
      expect([vector.comment, code, verdict.reason]).toEqual([
        vector.comment,
        vector.result === 'valid' ? 0 : 1,
        vector.reason,
      ])
    }
  })
})

describe('--json', () => {
  it('prints the verdict of an accepted delivery', async () => {
    const { code, stdout } = await verify('global-commerce', vectorOf('global-commerce'), '--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toEqual({
      ok: true,
      provider: 'global-commerce',
      keyId: 'key-1',
      keyState: 'active',
      assurance: 'body-mac',
      timestamp: 1767225600000,
      bodyBytes: bodyOf(vectorOf('global-commerce')).length,
    })
  })

  it('prints that of a refused one', async () => {
    const { code, stdout } = await verify('autify', vectorOf('autify', 'no-matching-key'), '--json')
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toEqual({
      ok: false,
      reason: 'no-matching-key',
      detail: "tried 'key-1'",
      authenticated: false,
      status: 401,
    })
  })

  it('prints a fault of ours as well', async () => {
    const { argv, env } = argumentsOf('autify', autify)
    const { code, stdout, stderr } = await runCommand(['verify', ...argv, '--json'], { env, input: 'no request' })
    expect([code, stderr]).toEqual([3, ''])
    expect(JSON.parse(stdout)).toEqual({
      ok: false,
      error: { code: 'request-unreadable', message: expect.any(String) },
    })
  })
})

describe('the request', () => {
  const { argv, env } = argumentsOf('autify', autify)
  const [header = ''] = Object.entries(autify.headers).map(([name, value]) => `${name}: ${value}`)

  it('is a file', async () => {
    const path = join(folder, 'delivery.http')
    writeFileSync(path, rawHttp(autify))
    expect((await runCommand(['verify', path, ...argv], { env })).code).toBe(0)
  })

  it('is a curl command by stdin', async () => {
    const input = `curl http://localhost/ -H '${header}' --data-binary '${autify.body}'`
    expect((await runCommand(['verify', '-', ...argv], { env, input })).code).toBe(0)
  })

  it('is put together from options', async () => {
    const path = join(folder, 'body.json')
    writeFileSync(path, bodyOf(autify))
    expect((await runCommand(['verify', ...argv, '--body-file', path, '-H', header], { env })).code).toBe(0)
  })

  it('takes its body from stdin', async () => {
    const words = ['verify', ...argv, '--body-file', '-', '-H', header]
    expect((await runCommand(words, { env, input: bodyOf(autify) })).code).toBe(0)
  })

  it('warns of what may be wrong with it', async () => {
    const input = Buffer.concat([rawHttp(autify), Buffer.from('\n')])
    const { code, stderr } = await runCommand(['verify', ...argv], { env, input })
    expect(code).toBe(0)
    expect(stderr).toMatch(/^warning: .+\n$/)
  })

  it.each([
    [['verify', 'none.http', ...argv], 3, 'ENOENT'],
    [['verify', '--body-file', 'none.json', '-H', header, ...argv], 3, 'ENOENT'],
    [['verify', '--body-file', 'none.json', '-H', 'no header', ...argv], 2, "-H: write a header as 'Name: value'"],
    [['verify', 'a', 'b', ...argv], 2, 'too many arguments'],
    [['verify', '-p', 'autify'], 2, 'no secret was given: use --secret-env NAME'],
    [['verify', '--secret-env', 'SECRET_0'], 2, 'name the provider: --provider agilepoint, '],
    [['verify', ...argv, '--now', 'today'], 2, 'Write a date with its time and zone'],
    [['verify', ...argv, '--tolerance', '60'], 3, 'tolerance-without-timestamp'],
    [['verify', ...argv, '--secret-file', '-'], 2, 'stdin can be read for one thing only'],
  ])('%j: exit %i', async (words, code, message) => {
    const outcome = await runCommand(words, { env, input: rawHttp(autify), cwd: folder })
    expect(outcome.stderr).toContain(message)
    expect(outcome.code).toBe(code)
    expect(outcome.stdout).toBe('')
  })
})

it('judges by the tolerance and the moment that it is told', async () => {
  const vector = vectorOf('global-commerce')
  const { argv, env } = argumentsOf('global-commerce', vector)
  const at = (seconds: number, tolerance: string) => {
    const words = ['--now', String(vector.now + seconds * 1000), '--tolerance', tolerance]
    return runCommand(['verify', ...argv, ...words], { env, input: rawHttp(vector) })
  }
  expect((await at(60, '59')).stdout).toContain('refused: too-old')
  expect((await at(-60, '59')).stdout).toContain('refused: too-new')
  expect((await at(60, '60')).stdout).toContain('2026-01-01T00:00:00.000Z, 60 s ago')
})

it('shows no secret, whatever goes wrong', async () => {
  const secret = 'a-very-secret-secret'
  for (const words of [
    ['--secret', secret],
    ['--secret', ` ${secret}`],
    ['--secret', secret, '--secret-encoding', 'hex'],
  ]) {
    const { stdout, stderr } = await runCommand(['verify', '-p', 'autify', ...words], { input: rawHttp(autify) })
    expect(stdout + stderr).not.toContain(secret)
    expect(stderr).not.toBe('')
  }
})

it('says that a token says nothing of the body', async () => {
  const token = vectorsOf('insider').find(({ options, result }) => options.mode === 'token' && result === 'valid')
  const { stdout } = await verify('insider', token ?? autify)
  expect(stdout).toContain('shared-token: the sender knows the secret; nothing ties the body to it')
})
