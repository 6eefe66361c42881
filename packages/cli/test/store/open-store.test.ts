import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { run } from '../../src/program.js'
import { storeArguments } from '../../src/store/store-arguments.js'
import { fakeTerminal } from '../streams.js'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-store-'))
})

afterEach(() => rm(folder, { recursive: true, force: true }))

async function list(argv: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const terminal = fakeTerminal({ env })
  const code = await run(['keys', 'list', ...argv], terminal)
  return { code, ...terminal.texts }
}

const add = (argv: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  run(['keys', 'add', 'autify', '--secret', 'fake-secret-one', ...argv], fakeTerminal({ env }))

const masterKey = () => randomBytes(32).toString('base64')

describe('a store that is not named well', () => {
  it.each([
    [[], 'name the store: --store file:./folder, redis://host or postgres://host/database, or COUNTERSIGN_STORE'],
    [['--store', './keys'], 'a store is file:./folder, redis://host:6379 or postgres://user@host:5432/database'],
    [['--store', 'mysql://host/db'], 'a store is file:./folder'],
    [['--store', 'redis:'], 'a store is file:./folder'],
    [['--store', 'file:'], 'say which folder'],
    [['--store', 'file://relative/keys'], 'file:// takes an absolute path'],
    [['--store', 'file:./keys'], 'sealed, with COUNTERSIGN_MASTER_KEY or --master-key-file <path>'],
    [['--store', 'file:./keys'], 'or in the clear, with --plaintext'],
    [['--store', 'file:./keys', '--plaintext', '--master-key-file', 'x'], "cannot be used with option '--plaintext'"],
    [['--store', 'file:./keys', '--plaintext', '--store-prefix', 'x:'], '--store-prefix is for redis://'],
    [['--store', 'redis://localhost', '--store-schema', 'x'], '--store-schema is for postgres://'],
    [['--store', 'postgres://localhost/x', '--store-schema', 'x"y', '--plaintext'], 'schema must be'],
  ])('%j is answered with 2', async (argv, message) => {
    const { code, stdout, stderr } = await list(argv)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
  })

  it('does not repeat a URL, which may hold a password', async () => {
    const { code, stderr } = await list(['--store', 'mysql://user:fake-password@host/db', '--plaintext'])
    expect(code).toBe(2)
    expect(stderr).not.toContain('fake-password')
  })
})

describe('a server that does not answer', () => {
  it.each(['redis', 'rediss', 'postgres', 'postgresql'])('%s:// is named without the password', async (scheme) => {
    const { code, stdout, stderr } = await list([
      '--store',
      `${scheme}://user:fake-password@127.0.0.1:1/0`,
      '--plaintext',
    ])
    expect([code, stdout]).toEqual([3, ''])
    expect(stderr).toContain(`error: store-failed: ${scheme}://127.0.0.1:1/0 could not be asked: `)
    expect(stderr).toContain('ECONNREFUSED')
    expect(stderr).toContain('warning: a password in --store is visible in the list of processes')
    expect(stderr).not.toContain('fake-password')
  })

  it('tells a program by the code', async () => {
    const { stdout } = await list(['--store', 'redis://127.0.0.1:1', '--plaintext', '--json'])
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, error: { code: 'store-failed' } })
  })
})

describe('a seal', () => {
  const store = () => ['--store', `file:${folder}/keys`]

  it('is opened with the key of the environment, or of a file', async () => {
    const key = masterKey()
    expect(await add(store(), { COUNTERSIGN_MASTER_KEY: key })).toBe(0)
    await writeFile(join(folder, 'master.key'), `${key}\n`)
    const { code, stdout } = await list([...store(), '--master-key-file', join(folder, 'master.key')])
    expect([code, stdout]).toEqual([0, expect.stringContaining('key-1 active')])
  })

  it('is opened with an older key, where several are given', async () => {
    const key = masterKey()
    await add(store(), { COUNTERSIGN_MASTER_KEY: key })
    await writeFile(join(folder, 'master.key'), `${masterKey()}\n${key}\n`)
    expect((await list([...store(), '--master-key-file', join(folder, 'master.key')])).code).toBe(0)
  })

  it.each([
    ['another key', { COUNTERSIGN_MASTER_KEY: masterKey() }, [], 'master-key-unknown'],
    ['no key at all', { COUNTERSIGN_MASTER_KEY: 'hello' }, [], 'master-key-malformed'],
    ['--plaintext', {}, ['--plaintext'], 'Here: COUNTERSIGN_MASTER_KEY or --master-key-file <path>'],
  ])('is not opened with %s', async (_, env, argv, message) => {
    await add(store(), { COUNTERSIGN_MASTER_KEY: masterKey() })
    const { code, stderr } = await list([...store(), ...argv], env as Record<string, string>)
    expect([code, stderr]).toEqual([3, expect.stringContaining(message)])
  })

  it('is missed where there is none', async () => {
    await add([...store(), '--plaintext'])
    const { code, stderr } = await list(store(), { COUNTERSIGN_MASTER_KEY: masterKey() })
    expect([code, stderr]).toEqual([3, expect.stringContaining('Here: --plaintext')])
  })
})

describe('the options of a store, written again', () => {
  it.each([
    [{}, ''],
    [{ store: 'file:./keys', plaintext: true }, ' --store file:./keys --plaintext'],
    [{ store: "file:./my keys'" }, ` --store 'file:./my keys'\\'''`],
    [
      { masterKeyFile: '/run/master.key', storePrefix: 'a b:' },
      " --master-key-file /run/master.key --store-prefix 'a b:'",
    ],
    [{ store: 'redis://host:6379/1' }, ' --store redis://host:6379/1'],
    [
      { store: 'postgres://me:fake-password@host/db', storeSchema: 'x' },
      ' --store "$COUNTERSIGN_STORE" --store-schema x',
    ],
    [{ store: 'postgres://me@host/db?sslpassword=fake-password' }, ' --store "$COUNTERSIGN_STORE"'],
  ] as const)('%j', (flags, text) => {
    expect(storeArguments(flags)).toBe(text)
  })
})
