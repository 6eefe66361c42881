import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, vi } from 'vitest'
import { run } from '../src/program.js'
import { fakeTerminal } from './streams.js'

const SMALL = ['drill', '--provider', 'insider', '--deliveries', '100', '--seed', 'x']
const ESCAPE = '\u001b'

async function attempt(argv: readonly string[], options?: Parameters<typeof fakeTerminal>[0]) {
  const terminal = fakeTerminal(options)
  const code = await run(argv, terminal)
  return { code, ...terminal.texts }
}

describe('usage', () => {
  it.each([
    [
      ['drill', '--provider', 'acme'],
      "There is no provider 'acme'; there are: agilepoint, orange-logic, insider, global-commerce, autify.",
    ],
    [['drill', '--provider', 'insider,acme'], "There is no provider 'acme'"],
    [['drill', '--deliveries', '99'], 'It must be a whole number from 100 to 1000000.'],
    [['drill', '--deliveries', '1e3'], 'It must be a whole number'],
    [['drill', '--deliveries', '-5'], 'It must be a whole number'],
    [['drill', '--seed', ''], 'It must not be empty.'],
    [['drill', '--sed', '1'], "unknown option '--sed'"],
    [['drill', 'insider'], 'too many arguments'],
    [['drill', '--store', 'mysql'], 'Allowed choices are redis, postgres.'],
    [
      ['drill', '--store', 'redis', '--seed', '1'],
      "option '--store <kind>' cannot be used with option '-s, --seed <text>'",
    ],
    [['drill', '--store', 'redis', '--instances', '0'], 'It must be a whole number from 1 to 32.'],
    [['drill', '--store', 'redis', '--seconds', '1.5'], 'It must be a whole number from 10 to 3600.'],
    [['drill', '--instances', '3'], "option '--instances' needs --store redis or --store postgres"],
    [['drill', '--seconds', '13'], "option '--seconds' needs --store redis or --store postgres"],
    [['dril'], "unknown command 'dril'\n(Did you mean drill?)\n(countersign --help shows the commands)"],
    [['drill', '--jsn'], '(Did you mean --json?)\n(countersign drill --help shows the options)'],
    [[], 'Usage: countersign'],
  ])('%j is answered with 2', async (argv, message) => {
    const { code, stdout, stderr } = await attempt(argv)
    expect(code).toBe(2)
    expect(stderr).toContain(message)
    expect(stdout).toBe('')
  })

  it.each([
    [['sign', '--secert=fake-secret-of-mine'], "unknown option '--secert'"],
    [['keys', 'list', '--stor=redis://:fake-secret-of-mine@host'], "unknown option '--stor'"],
    [['sign', "--secert=fake'\n-secret-of-mine"], "unknown option '--secert'"],
  ])('%j: the value of an option that there is not may be a secret', async (argv, message) => {
    const { code, stdout, stderr } = await attempt([...argv, '--json'])
    expect(code).toBe(2)
    expect(stderr).toContain(message)
    expect(JSON.parse(stdout).error.message).toContain(message)
    expect(stdout + stderr).not.toContain('of-mine')
  })

  it.each([
    [['verify', '--json', '-p', 'acme'], "option '-p, --provider <id>' argument 'acme' is invalid"],
    [['verify', '--json'], 'name the provider'],
    [['keys', 'add', '--json'], "missing required argument 'ring'"],
    [['send', 'localhost', '--json'], '<url>: that is no URL'],
    [['keys', 'lst', '--json'], "unknown command 'lst'"],
  ])('%j is one document for programs', async (argv, message) => {
    const { code, stdout, stderr } = await attempt(argv)
    expect([code, JSON.parse(stdout)]).toEqual([
      2,
      { ok: false, error: { code: 'usage', message: expect.stringContaining(message) } },
    ])
    expect(stderr).toContain(`error: ${message}`)
  })

  it('names the server that is not installed, and what to do about it', async () => {
    vi.stubEnv('PATH', '')
    const { code, stderr } = await attempt(['drill', '--store', 'redis'])
    vi.unstubAllEnvs()
    expect(code).toBe(3)
    expect(stderr).toContain('error: redis-server is not installed: apt-get install -y redis-server')
  })

  it.each([['--help'], ['drill', '--help'], ['--version']])('%s %s is answered with 0', async (...argv) => {
    const { code, stdout, stderr } = await attempt(argv)
    expect(code).toBe(0)
    expect(stdout).not.toBe('')
    expect(stderr).toBe('')
  })

  it('shows an example', async () => {
    expect((await attempt(['drill', '--help'])).stdout).toContain('countersign drill --seed 42')
  })
})

describe('the report', () => {
  it('goes to a pipe without an escape code, and without a bar', async () => {
    const { code, stdout, stderr } = await attempt(SMALL)
    expect(code).toBe(0)
    expect(stderr).toBe('')
    expect(stdout).not.toContain(ESCAPE)
    expect(stdout).toMatch(
      /\n✔ 100 deliveries, 3 rotations: nothing wrongly refused, accepted or handled \(seed x, \d+\.\d s\)\n$/,
    )
  })

  it('has colours on a terminal, and a bar on its stderr', async () => {
    const { stdout, stderr } = await attempt(SMALL, { isTTY: true, columns: 100 })
    expect(stdout).toContain(`${ESCAPE}[32m`)
    expect(stderr).toContain('of 100 deliveries')
  })

  it('has none where NO_COLOR is set', async () => {
    const { stdout } = await attempt(SMALL, { isTTY: true, columns: 100, env: { NO_COLOR: '1' } })
    expect(stdout).not.toContain(ESCAPE)
  })

  it.each([80, 100, 120])('fits into %i columns', async (columns) => {
    const { stdout } = await attempt(['drill', '--deliveries', '100'], { isTTY: true, columns, env: { NO_COLOR: '1' } })
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(columns)
  })

  it('takes several providers, as a list or one by one, in its own order', async () => {
    const { stdout } = await attempt([...SMALL, '-p', 'autify, orange-logic'])
    const headings = stdout.match(/^(Orange Logic|Insider|Autify|AgilePoint|Global Commerce):/gm)
    expect(headings).toEqual(['Orange Logic:', 'Insider:', 'Autify:'])
  })

  it('has a random seed by default, and says which', async () => {
    const { stdout } = await attempt(['drill', '--provider', 'autify', '--deliveries', '100'])
    expect(stdout).toMatch(/\(seed \d+, /)
  })
})

describe('--json', () => {
  it('prints one document and nothing else', async () => {
    const { code, stdout, stderr } = await attempt(['drill', '--json', '--deliveries', '100', '--seed', 'x'])
    const document = JSON.parse(stdout)
    expect([code, stderr]).toEqual([0, ''])
    expect(document).toMatchObject({ ok: true, seed: 'x', deliveries: 100, durationMs: expect.any(Number) })
    expect(document.providers.map(({ id }: { id: string }) => id)).toEqual([
      'agilepoint',
      'orange-logic',
      'insider',
      'global-commerce',
      'autify',
    ])
    expect(document.forced).toMatchObject({ id: 'agilepoint-forced', lost: expect.any(Number) })
  })

  it('holds the counts and the lives of the keys', async () => {
    const [insider] = JSON.parse((await attempt([...SMALL, '--json'])).stdout).providers
    expect(insider).toEqual({
      id: 'insider',
      name: 'Insider',
      sent: 100,
      kinds: expect.objectContaining({ good: expect.any(Number), forged: expect.any(Number) }),
      accepted: { staged: expect.any(Number), active: expect.any(Number), retiring: expect.any(Number) },
      refused: { 'no-matching-key': expect.any(Number), 'key-expired': expect.any(Number), 'too-old': 0 },
      lost: 0,
      wronglyAccepted: 0,
      wronglyRefused: 0,
      wronglyNamed: 0,
      wronglyHandled: 0,
      sentTwice: expect.any(Number),
      promotions: { done: 3, missed: 0 },
      rotatedAtMs: [expect.any(Number), expect.any(Number), expect.any(Number)],
      untilMs: expect.any(Number),
      keys: expect.arrayContaining([
        { id: 'key-1', life: expect.arrayContaining([{ state: 'active', fromMs: 0, untilMs: expect.any(Number) }]) },
      ]),
      faults: [],
    })
  })

  it('holds no secret', async () => {
    const { stdout } = await attempt([...SMALL, '--json'])
    expect(stdout).not.toMatch(/secret|[0-9a-f]{32}/)
  })
})

const bin = fileURLToPath(new URL('../dist/bin.js', import.meta.url))

describe.skipIf(!existsSync(bin))('the built command', () => {
  it('runs by itself', () => {
    const stdout = execFileSync(bin, SMALL, { encoding: 'utf8' })
    expect(stdout).toContain('✔ 100 deliveries, 3 rotations')
  })

  it.each([
    ['verify none.http -p autify 2>&1 | head -n 0', 3],
    ['keys list 2>&1 >/dev/null | head -n 0', 2],
    ['providers | head -n 1 >/dev/null', 0],
  ])('keeps its exit code when nobody reads any more: %s', (line, code) => {
    const { status, stderr } = spawnSync('bash', ['-c', `set -o pipefail; "$0" "$1" ${line}`, process.execPath, bin], {
      encoding: 'utf8',
    })
    expect([status, stderr]).toEqual([code, ''])
  })

  it.skipIf(!existsSync('/dev/full'))('says that its output cannot be written', () => {
    const line = '"$0" "$1" providers >/dev/full'
    const { status, stderr } = spawnSync('bash', ['-c', line, process.execPath, bin], { encoding: 'utf8' })
    expect([status, stderr]).toEqual([3, expect.stringMatching(/^error: the output cannot be written: ENOSPC.*\n$/)])
  })

  it('hands the exit code to the shell', () => {
    expect(spawnSync(process.execPath, [bin, 'drill', '--deliveries', 'many']).status).toBe(2)
  })
})
