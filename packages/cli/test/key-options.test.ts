import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { autify } from '@countersign/autify'
import { type Keyring, keyring, plaintextAtRest, rotate, sealed } from '@countersign/core'
import { fileKeyrings } from '@countersign/core/node'
import { orangeLogic } from '@countersign/orange-logic'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommand, startListener } from './run-command.js'
import { argumentsOf, bodyOf, rawHttp, vectorOf } from './vectors.js'

const vector = vectorOf('autify')
const secret = argumentsOf('autify', vector).env.SECRET_0 ?? ''
const MASTER_KEY = Buffer.alloc(32, 7).toString('base64')

let folder: string
let store: readonly string[]
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-keyrings-'))
  store = ['--store', `file:${join(folder, 'plain')}`, '--plaintext']
  await save('autify', keyring([{ id: 'of-the-store', secret }]))
  const old = keyring([{ id: 'older', secret: 'the-older-secret' }])
  await save('orange-logic', rotate(old, orangeLogic(), { id: 'newer', secret: 'thenewersecret' }).ring)
  const safe = sealed(fileKeyrings(join(folder, 'sealed')), MASTER_KEY)
  await safe.save('autify', keyring([{ id: 'sealed-key', secret }]), undefined)
})
afterAll(() => rmSync(folder, { recursive: true }))

const plain = () => plaintextAtRest(fileKeyrings(join(folder, 'plain')))

async function save(name: string, ring: Keyring): Promise<void> {
  await plain().save(name, ring, (await plain().load(name))?.version)
}

describe('--keyring', () => {
  it.each(['verify', 'explain'])('%s takes its keys from a store', async (name) => {
    const words = [name, '-p', 'autify', '--keyring', 'autify', ...store]
    const { code, stdout, stderr } = await runCommand(words, { input: rawHttp(vector) })
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toContain('of-the-store (active)')
  })

  it('so does sign, by the dates of the keys', async () => {
    const words = ['sign', '-p', 'orange-logic', '--keyring', 'orange-logic', ...store, '--body', '{}']
    expect((await runCommand(words)).stdout).toMatch(/^X-ol-signature: v1,\S{44} v1a,\S{44}\n$/)
  })

  it('and send --rotate', async () => {
    const words = [
      'send',
      'http://127.0.0.1:1/',
      '-p',
      'orange-logic',
      '--rotate',
      '--keyring',
      'orange-logic',
      ...store,
    ]
    const { code, stdout } = await runCommand(words)
    expect(code).toBe(3)
    expect(stdout).toMatch(/X-ol-signature: v1,\S{44} v1a,\S{44}\n/)
  })

  it('and the store may be named by the environment', async () => {
    const env = { COUNTERSIGN_STORE: store[1] ?? '' }
    const words = ['verify', '-p', 'autify', '--keyring', 'autify', '--plaintext']
    expect((await runCommand(words, { env, input: rawHttp(vector) })).code).toBe(0)
  })

  it('which may be sealed', async () => {
    const words = ['verify', '-p', 'autify', '--keyring', 'autify', '--store', `file:${join(folder, 'sealed')}`]
    const { code, stdout } = await runCommand(words, {
      env: { COUNTERSIGN_MASTER_KEY: MASTER_KEY },
      input: rawHttp(vector),
    })
    expect(code).toBe(0)
    expect(stdout).toContain('sealed-key (active)')
    const unsealed = await runCommand(words, { input: rawHttp(vector) })
    expect(unsealed.code).toBe(2)
    expect(unsealed.stderr).toContain('COUNTERSIGN_MASTER_KEY')
  })

  it('listen follows the ring as it changes', async () => {
    const listener = await startListener(['-p', 'autify', '--keyring', 'autify', ...store, '--json'])
    const post = async () => {
      const response = await fetch(listener.url, {
        method: 'POST',
        headers: vector.headers as Record<string, string>,
        body: bodyOf(vector),
      })
      return response.status
    }
    expect(await post()).toBe(200)
    await save('autify', keyring([{ id: 'another', secret: 'another-secret-than-that' }]))
    expect(await post()).toBe(401)
    await save(
      'autify',
      rotate(keyring([{ id: 'another', secret: 'another-secret-than-that' }]), autify(), { id: 'back', secret }).ring,
    )
    expect(await post()).toBe(200)
    await save('autify', keyring([{ id: 'of-the-store', secret }]))
    expect((await listener.stop()).code).toBe(0)
  })

  it('explain explains a ring in which every key has ended', async () => {
    await save('ended', keyring([{ id: 'ended', secret, notAfter: Date.now() - 3_600_000 }]))
    const words = ['-p', 'autify', '--keyring', 'ended', ...store]
    expect((await runCommand(['verify', ...words], { input: rawHttp(vector) })).code).toBe(3)
    const { code, stdout } = await runCommand(['explain', ...words], { input: rawHttp(vector) })
    expect(code).toBe(1)
    expect(stdout).toContain('✘ no verdict: no key of the ring is usable')
    expect(stdout).toContain('\n1. ')
    const json = JSON.parse((await runCommand(['explain', ...words, '--json'], { input: rawHttp(vector) })).stdout)
    expect(json).toMatchObject({ ok: false, findings: [{ certain: true }] })
    expect(json.verdict).toBeUndefined()
  })

  it.each([
    [['--keyring', 'none'], 3, "keyring-missing: there is no keyring 'none'"],
    [['--keyring', 'autify', '--secret-env', 'X'], 2, '--keyring and --secret-env: the keys come from one of the two'],
    [[], 2, '--store: say which keyring of it, with --keyring <name>'],
  ])('%j: exit %i', async (more, code, message) => {
    const outcome = await runCommand(['verify', '-p', 'autify', ...more, ...store], { input: rawHttp(vector) })
    expect(outcome.stderr).toContain(message)
    expect(outcome.code).toBe(code)
  })

  it('needs a store', async () => {
    const { code, stderr } = await runCommand(['verify', '-p', 'autify', '--keyring', 'autify'], {
      input: rawHttp(vector),
    })
    expect(code).toBe(2)
    expect(stderr).toContain('COUNTERSIGN_STORE')
  })
})
