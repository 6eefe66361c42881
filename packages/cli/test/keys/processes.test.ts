import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Outcome, runCommand } from '../run-command.js'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-keys-'))
})

afterEach(() => rm(folder, { recursive: true, force: true }))

const keys = (argv: readonly string[], env = {}, input = ''): Promise<Outcome> =>
  runCommand(['keys', ...argv], { env, input })

const environment = () => ({
  COUNTERSIGN_STORE: `file:${join(folder, 'keys')}`,
  COUNTERSIGN_MASTER_KEY: randomBytes(32).toString('base64'),
})

describe.each(['sealed', 'plaintext'])('a rotation in files, %s, command by command', (kind) => {
  it('is done by processes that end by themselves', async () => {
    const env = environment()
    const { COUNTERSIGN_STORE } = env
    const masterKey = join(folder, 'master.key')
    await writeFile(masterKey, `${env.COUNTERSIGN_MASTER_KEY}\n`)
    const store =
      kind === 'sealed'
        ? ['--store', COUNTERSIGN_STORE, '--master-key-file', masterKey]
        : ['--plaintext', '--store', COUNTERSIGN_STORE]
    const done = async (argv: readonly string[], input?: string) => {
      const ended = await keys([...argv, ...store], {}, input)
      expect({ argv, ...ended }).toMatchObject({ argv, code: 0 })
      return ended
    }

    const added = await done(['add', 'autify', '--secret-file', '-'], 'fake-secret-one\n')
    expect(added).toEqual({ code: 0, stdout: '✔ autify saved as version 1\n  key-1  new → active\n', stderr: '' })
    const staged = await done(['stage', 'autify', '--generate'])
    // The commands that are printed find the same store.
    expect(staged.stdout).toContain(
      `countersign keys promote autify key-2 ${kind === 'sealed' ? '--store' : `--store ${COUNTERSIGN_STORE} --plaintext`}`,
    )
    await done(['promote', 'autify', 'key-2', '--grace', '90s'])
    await done(['rotate', 'autify', '--generate'])
    await done(['revoke', 'autify', 'key-1', '--yes'])
    await done(['prune', 'autify', '--yes'])
    expect((await done(['reveal', 'autify', 'key-3', '--confirm', 'autify'])).stdout).toMatch(/^[0-9a-f]{40}\n$/)
    expect((await done(['list'])).stdout).toContain('key-2 retiring')
    expect((await done(['list', 'autify'])).stdout).toContain('▼ vendor rotates')
    expect((await done(['schedule'])).stdout).toContain('key-2 ends')
    expect((await done(['history', 'autify'])).stdout).toContain('key-1  gone')
    expect((await done(['checklist', 'autify'])).stdout).toContain('Autify: key-3 replaces key-2')
    const { keys: left, version } = JSON.parse((await done(['list', 'autify', '--json'])).stdout)
    expect([version, left.map(({ id }: { id: string }) => id)]).toEqual(['6', ['key-2', 'key-3']])
    await expectExit(2, keys(['migrate', ...store]))
    await expectExit(1, keys(['reveal', 'autify', 'key-3', '--confirm', 'insider', ...store]))
    await expectExit(3, keys(['revoke', 'autify', 'key-9', '--yes', ...store]))
  })
})

async function expectExit(code: number, ended: Promise<Outcome>): Promise<void> {
  expect(await ended).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(/^error: /) })
}

describe('several operators at once', () => {
  it('rotate: each success is in the ring, each loser is told so and has done nothing', async () => {
    const env = environment()
    await keys(['add', 'autify', '--secret-file', '-'], env, 'fake-secret-one')
    const all = await Promise.all(
      Array.from({ length: 6 }, () => keys(['rotate', 'autify', '--generate', '--json'], env)),
    )
    const won = all.filter(({ code }) => code === 0).map(({ stdout }) => JSON.parse(stdout).checklist.fresh)
    const lost = all.filter(({ code }) => code !== 0)
    expect(won.length).toBeGreaterThan(0)
    for (const { code, stdout } of lost) {
      expect([code, JSON.parse(stdout).error.code]).toEqual([3, 'version-conflict'])
    }
    const ring = JSON.parse((await keys(['list', 'autify', '--json'], env)).stdout)
    expect(ring.version).toBe(String(1 + won.length))
    expect(ring.keys.map(({ id }: { id: string }) => id)).toEqual(['key-1', ...won.sort()])
  })

  it('add and stage: nothing is lost, and nobody has to try again', async () => {
    const env = environment()
    const all = await Promise.all(
      Array.from({ length: 6 }, (_, index) => keys(['add', 'acme', '--secret-file', '-'], env, `fake-secret-${index}`)),
    )
    expect(all.map(({ code }) => code)).toEqual(all.map(() => 0))
    const ring = JSON.parse((await keys(['list', 'acme', '--json'], env)).stdout)
    expect(ring.version).toBe('6')
    expect(new Set(ring.keys.map(({ id }: { id: string }) => id)).size).toBe(6)
  })
})
