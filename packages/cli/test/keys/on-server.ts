import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Outcome, runCommand } from '../run-command.js'

/** Where the store is, and how a receiver records uses there. */
export interface ServerUnderTest {
  readonly url: string
  /** Of the store's own option for a place apart: a prefix or a schema. */
  readonly apart: readonly string[]
  recordUse(ring: string, keyId: string, lastUsed: number): Promise<void>
  stop(): Promise<void>
}

/** What holds for a store on a server, once it is there and has its tables. */
export function keysOnServer(start: (keys: Keys) => Promise<ServerUnderTest>): void {
  let server: ServerUnderTest
  let env: Record<string, string>

  const keys: Keys = (argv, more = {}, input = '') => runCommand(['keys', ...argv], { env: { ...env, ...more }, input })

  beforeAll(async () => {
    env = { COUNTERSIGN_MASTER_KEY: randomBytes(32).toString('base64') }
    server = await start(keys)
    env.COUNTERSIGN_STORE = server.url
  })

  afterAll(async () => {
    await server?.stop()
  })

  it('rotates a key, and says when it may go', async () => {
    await done(keys(['add', 'autify', '--secret-file', '-'], {}, 'fake-secret-one'))
    const staged = await done(keys(['stage', 'autify', '--generate', '--json']))
    expect(JSON.parse(staged.stdout)).toMatchObject({ version: '2', checklist: { fresh: 'key-2', old: ['key-1'] } })
    await done(keys(['promote', 'autify', 'key-2']))
    await server.recordUse('autify', 'key-1', Date.now() - 4 * 60_000)
    await server.recordUse('autify', 'key-2', Date.now())
    const checklist = await done(keys(['checklist', 'autify']))
    expect(checklist.stdout).toContain('not yet: key-1 matched 4 minutes ago')
    const { stdout } = await done(keys(['reveal', 'autify', 'key-1', '--confirm', 'autify']))
    expect(stdout).toBe('fake-secret-one\n')
  })

  it('lets several operators rotate at once: no key is lost, and no rotation is made twice', async () => {
    await done(keys(['add', 'insider', '--secret-file', '-'], {}, 'fake-secret-one'))
    const all = await Promise.all(Array.from({ length: 6 }, () => keys(['rotate', 'insider', '--generate', '--json'])))
    const won = all.filter(({ code }) => code === 0).map(({ stdout }) => JSON.parse(stdout).checklist.fresh)
    for (const { stdout } of all.filter(({ code }) => code !== 0)) {
      expect(JSON.parse(stdout).error.code).toBe('version-conflict')
    }
    const ring = JSON.parse((await done(keys(['list', 'insider', '--json']))).stdout)
    expect(ring.keys.map(({ id }: { id: string }) => id)).toEqual(['key-1', ...won.sort()])
    expect(ring.version).toBe(String(1 + won.length))
  })

  it('knows no ring in another place of the same server', async () => {
    await done(keys(['add', 'orange-logic', '--generate']))
    expect((await done(keys(['list', '--json']))).stdout).toContain('orange-logic')
    const elsewhere = await keys(['list', ...server.apart])
    expect(elsewhere.stdout).not.toContain('orange-logic')
  })
}

export type Keys = (argv: readonly string[], env?: Readonly<Record<string, string>>, input?: string) => Promise<Outcome>

export async function done(ended: Promise<Outcome>): Promise<Outcome> {
  expect(await ended).toMatchObject({ code: 0, stderr: '' })
  return ended
}
