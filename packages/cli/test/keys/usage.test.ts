import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type KeysSession, openSession } from './keys-session.js'

let session: KeysSession

beforeEach(async () => {
  session = await openSession()
  await session.keys(['add', 'autify', '--secret-env', 'OLD_SECRET'])
})

afterEach(() => session.end())

describe('usage', () => {
  it.each([
    [[], 'Usage: countersign keys'],
    [['lst'], "unknown command 'lst'"],
    [['add'], "missing required argument 'ring'"],
    [['add', 'acme'], 'use --secret-env NAME or --secret-file PATH, or --generate'],
    [['add', 'global-commerce'], 'use --secret-env NAME or --secret-file PATH\n'],
    [['add', 'acme', '--generate'], '--generate needs the --provider'],
    [['add', 'autify', '--generate', '--secret-env', 'NEW_SECRET'], '--generate makes the secret'],
    [['add', 'autify', '--secret-env', 'NEW_SECRET', '--show'], '--show goes with --generate'],
    [['add', 'autify', '--secret-env', 'NEW_SECRET', '--secret-env', 'OLD_SECRET'], 'one key has one secret'],
    [['add', 'autify', '--secret-env', 'NEW_SECRET', '--slot', 'primary'], 'Autify has no slots'],
    [['add', 'agilepoint', '--secret-env', 'NEW_SECRET'], '--slot primary or --slot secondary'],
    [['stage', 'acme', '--generate'], "the name of 'acme' does not tell whose keys these are: --provider agilepoint"],
    [['rotate', 'autify', '--generate', '--grace', '1 hour'], 'Write a number and its unit: 90s, 15m, 1h, 7d; or 0.'],
    [['rotate', 'autify', '--generate', '--at', 'yesterday'], 'Write a date'],
    [['rotate', 'agilepoint', '--secret-env', 'NEW_SECRET'], 'say which slot of AgilePoint NX'],
    [['list', '--provider', 'acme'], 'Allowed choices are agilepoint'],
    [['reveal', 'autify', 'key-1'], '--confirm <ring>'],
    [['migrate'], 'it is ready as it is'],
  ])('%j is answered with 2', async (argv, message) => {
    const { code, stdout, stderr } = await session.keys(argv)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
  })

  it.each([
    'list',
    'add',
    'stage',
    'promote',
    'rotate',
    'revoke',
    'prune',
    'reveal',
    'schedule',
    'history',
    'checklist',
    'migrate',
  ])('%s --help has options, exit codes and an example', async (name) => {
    const { code, stdout } = await session.keys([name, '--help'])
    expect(code).toBe(0)
    expect(stdout).toContain('--store <url>')
    expect(stdout).toContain('Exit code: 0 done')
    expect(stdout).toContain(`  countersign keys ${name}`)
    expect(
      Math.max(
        ...stdout
          .split('\n')
          .filter((line) => !line.startsWith('  countersign'))
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(80)
  })
})

describe('a ring that is not there', () => {
  it.each([
    ['list', 'autfy'],
    ['stage', 'insider', '--generate'],
    ['rotate', 'insider', '--generate'],
    ['revoke', 'autfy', 'key-1', '--yes'],
    ['prune', 'autfy'],
    ['reveal', 'autfy', 'key-1', '--confirm', 'autfy'],
    ['history', 'autfy'],
    ['checklist', 'insider'],
    ['schedule', 'autfy'],
  ])('%s %s: the rings that there are', async (...argv) => {
    const { code, stdout, stderr } = await session.keys(argv)
    expect([code, stdout]).toEqual([3, ''])
    expect(stderr).toContain(`error: keyring-missing: the store has no keyring '${argv[1]}'; it has autify`)
  })
})
