import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY, HOUR, type KeysSession, NOW, openSession } from './keys-session.js'

let session: KeysSession

beforeEach(async () => {
  session = await openSession()
})

afterEach(() => session.end())

/** The states of a ring's keys, by their ids. */
async function statesOf(ring: string, now = NOW): Promise<Record<string, string>> {
  const { document } = await session.keys(['list', ring, '--json'], { now })
  return Object.fromEntries(document().keys.map(({ id, state }: { id: string; state: string }) => [id, state]))
}

/** What is typed, by a user who reads for so long that another operator does this first. */
async function* overtaken(argv: readonly string[], typed: string): AsyncGenerator<Uint8Array> {
  await session.keys(argv)
  yield Buffer.from(typed)
}

const add = (ring: string, ...more: string[]) => session.keys(['add', ring, '--secret-env', 'OLD_SECRET', ...more])

describe('add', () => {
  it('begins a ring, and tells what it did', async () => {
    const { code, stdout, stderr } = await add('autify')
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toBe('✔ autify saved as version 1\n  key-1  new → active\n')
  })

  it('adds a further key, with an id that was never used', async () => {
    await add('autify')
    await session.keys(['revoke', 'autify', 'key-1', '--yes'])
    await session.keys(['prune', 'autify', '--yes'])
    const { document } = await session.keys(['add', 'autify', '--secret-env', 'NEW_SECRET', '--json'])
    expect(document()).toEqual({ ok: true, ring: 'autify', version: '4', changes: [{ id: 'key-2', state: 'active' }] })
    // Undated, as the first: nobody has said since when the vendor signs with it.
    expect((await session.keys(['list', 'autify', '--json'])).document()).toMatchObject({
      keys: [{ id: 'key-2', state: 'active' }],
      tombstones: ['key-1'],
    })
  })

  it('knows slots, and since when the vendor signs with a key', async () => {
    await add('agilepoint', '--slot', 'primary', '--active-from', '2026-06-01T00:00:00Z')
    const { document } = await session.keys(['list', 'agilepoint', '--json'])
    expect(document().keys).toEqual([{ id: 'primary', slot: 'primary', state: 'active', since: Date.UTC(2026, 5, 1) }])
  })

  it('generates a secret, and shows it only if told to', async () => {
    const silent = await session.keys(['add', 'autify', '--generate'])
    expect(silent.stdout).not.toMatch(/[0-9a-f]{40}/)
    const { stdout } = await session.keys(['reveal', 'autify', 'key-1', '--confirm', 'autify'])
    expect(stdout).toMatch(/^[0-9a-f]{40}\n$/)
    const shown = await session.keys(['add', 'insider', '--generate', '--show', '--json'])
    expect(shown.document().secret).toMatch(/^[0-9a-f]{64}$/)
  })

  it('refuses what is in the ring already', async () => {
    await add('autify')
    const twice = await add('autify')
    expect([twice.code, twice.stderr]).toEqual([3, expect.stringContaining('secret-in-use')])
    const taken = await session.keys(['add', 'autify', '--secret-env', 'NEW_SECRET', '--id', 'key-1'])
    expect([taken.code, taken.stderr]).toEqual([3, expect.stringContaining('id-in-use')])
  })
})

describe('stage and promote', () => {
  it('bridge a swap: the new key verifies first, the old one a day longer', async () => {
    await add('autify')
    const staged = await session.keys(['stage', 'autify', '--generate'])
    expect(staged.code).toBe(0)
    expect(staged.stdout).toContain('key-2  new → staged')
    expect(staged.stdout).toContain('countersign keys reveal autify key-2')
    expect(await statesOf('autify')).toEqual({ 'key-1': 'active', 'key-2': 'staged' })

    const promoted = await session.keys(['promote', 'autify', 'key-2', '--json'])
    expect(promoted.document()).toMatchObject({
      ok: true,
      version: '3',
      changes: [
        { id: 'key-1', was: 'active', state: 'retiring', until: NOW + DAY },
        { id: 'key-2', was: 'staged', state: 'active' },
      ],
      checklist: { fresh: 'key-2', old: ['key-1'] },
    })
    expect(await statesOf('autify', NOW + DAY)).toEqual({ 'key-1': 'expired', 'key-2': 'active' })
  })

  it.each([
    ['orange-logic', [], HOUR + 300_000],
    ['orange-logic', ['-o', 'rotationPeriodMs=7200000'], 2 * HOUR + 300_000],
    ['insider', ['--grace', '7d'], 7 * DAY],
  ])('%s %j: the old key is kept for as long as the vendor needs it', async (ring, options, graceMs) => {
    await add(ring)
    await session.keys(['stage', ring, '--generate'])
    const { document } = await session.keys(['promote', ring, 'key-2', ...options, '--json'])
    expect(document().changes[0].until).toBe(NOW + graceMs)
  })

  it('promotes only what is staged', async () => {
    await add('autify')
    const active = await session.keys(['promote', 'autify', 'key-1'])
    expect([active.code, active.stderr]).toEqual([3, expect.stringContaining('key-not-staged')])
    const unknown = await session.keys(['promote', 'autify', 'key-9'])
    expect([unknown.code, unknown.stderr]).toEqual([3, expect.stringContaining('key-unknown')])
  })
})

describe('rotate', () => {
  it('follows the rules of the vendor', async () => {
    await add('global-commerce')
    const { document } = await session.keys([
      ...['rotate', 'global-commerce', '--secret-env', 'NEW_SECRET', '--grace', '6h', '--json'],
    ])
    expect(document().changes).toEqual([
      { id: 'key-1', was: 'active', state: 'retiring', until: NOW + 6 * HOUR + 300_000 },
      { id: 'key-2', state: 'staged', until: NOW + 6 * HOUR },
    ])
  })

  it('takes the moment at which the vendor rotated', async () => {
    await add('autify')
    const at = new Date(NOW - 2 * HOUR).toISOString()
    const { document } = await session.keys(['rotate', 'autify', '--generate', '--at', at, '--json'])
    expect(document().changes[0].until).toBe(NOW - 2 * HOUR + DAY)
  })

  it.each([
    ['global-commerce', ['--grace', '2h'], 'grace-not-allowed', '--grace 0, 1h, 3h, 6h, 12h, 1d'],
    ['agilepoint', ['--slot', 'primary'], 'other-slot-too-recent', 'Wait until 16 Jun'],
    ['orange-logic', [], 'rotation-in-progress', 'Wait until 15 Jun 13:00'],
  ])('says which rule of %s forbids it, and how to go on', async (ring, options, code, advice) => {
    const slot = ring === 'agilepoint' ? ['--slot', 'secondary'] : []
    await add(ring, ...slot)
    if (ring !== 'global-commerce') await session.keys(['rotate', ring, '--secret', 'fake-secret-mid', ...slot])
    const refused = await session.keys(['rotate', ring, '--secret-env', 'NEW_SECRET', ...options], {
      env: { TZ: 'UTC' },
    })
    expect([refused.code, refused.stdout]).toEqual([3, ''])
    expect(refused.stderr).toContain(`error: ${code}: `)
    expect(refused.stderr).toContain(advice)
    const json = await session.keys(['rotate', ring, '--secret-env', 'NEW_SECRET', ...options, '--json'])
    expect([json.code, json.document()]).toEqual([3, { ok: false, error: { code, message: expect.any(String) } }])
  })

  it('overrides a rule by force, if that was said', async () => {
    await add('orange-logic')
    await session.keys(['rotate', 'orange-logic', '--generate'])
    const argv = ['rotate', 'orange-logic', '--generate', '--force']
    const unsaid = await session.keys(argv)
    expect([unsaid.code, unsaid.stderr]).toEqual([2, expect.stringContaining('say so with --yes')])
    expect((await session.keys([...argv, '--yes'])).code).toBe(0)
    expect(Object.keys(await statesOf('orange-logic'))).toHaveLength(3)
  })

  it('does not take a grace of 0 unasked', async () => {
    await add('autify')
    const argv = ['rotate', 'autify', '--generate', '--grace', '0']
    expect((await session.keys(argv)).code).toBe(2)
    const refused = await session.keys(argv, { isTTY: true, input: 'n\n' })
    expect([refused.code, refused.stdout]).toEqual([1, ''])
    expect(await statesOf('autify')).toEqual({ 'key-1': 'active' })
    const wanted = await session.keys(argv, { isTTY: true, input: 'y\n' })
    expect(wanted.code).toBe(0)
    expect(await statesOf('autify')).toEqual({ 'key-1': 'expired', 'key-2': 'active' })
  })

  it('says which secrets only the vendor makes', async () => {
    await add('global-commerce')
    const { code, stderr } = await session.keys(['rotate', 'global-commerce', '--generate'])
    expect([code, stderr]).toEqual([3, expect.stringContaining('secret-required: Digital River Global Commerce makes')])
  })
})

describe('revoke', () => {
  it('asks first, and says what becomes of deliveries', async () => {
    await add('autify')
    await session.keys(['stage', 'autify', '--generate'])
    const argv = ['revoke', 'autify', 'key-1']
    const unsaid = await session.keys(argv)
    expect([unsaid.code, unsaid.stderr]).toEqual([2, expect.stringContaining('What is signed with key-1')])
    const refused = await session.keys(argv, { isTTY: true, input: 'n\n' })
    expect([refused.code, refused.stdout]).toEqual([1, ''])
    expect(refused.stderr).toContain('error: not confirmed: nothing was done\n')
    const json = await session.keys([...argv, '--json'], { isTTY: true, input: 'n\n' })
    expect([json.code, json.document()]).toEqual([
      1,
      { ok: false, error: { code: 'not-confirmed', message: expect.any(String) } },
    ])
    const wanted = await session.keys(argv, { isTTY: true, input: 'y\n', env: { NO_COLOR: '1' } })
    expect(wanted.stdout).toContain('key-1  active → revoked')
    expect(await statesOf('autify')).toEqual({ 'key-1': 'revoked', 'key-2': 'staged' })
  })

  it('is not done when another has changed meanwhile what the user was asked', async () => {
    await add('autify')
    await session.keys(['stage', 'autify', '--generate'])
    const input = overtaken(['revoke', 'autify', 'key-2', '--yes'], 'y\n')
    const { code, stderr } = await session.keys(['revoke', 'autify', 'key-1'], { isTTY: true, input })
    expect([code, stderr]).toEqual([3, expect.stringContaining('version-conflict: another has changed')])
    expect(await statesOf('autify')).toEqual({ 'key-1': 'active', 'key-2': 'revoked' })
  })

  it('says when no key is left', async () => {
    await add('autify')
    const { code, stderr } = await session.keys(['revoke', 'autify', 'key-1', '--yes'])
    expect([code, stderr]).toEqual([0, expect.stringContaining("No key of 'autify' will be left")])
  })

  it('saves nothing for a key that was revoked before', async () => {
    await add('autify')
    const argv = ['revoke', 'autify', 'key-1', '--yes', '--json']
    expect((await session.keys(argv)).document()).toMatchObject({ version: '2' })
    expect((await session.keys(argv)).document()).toMatchObject({ version: '2', changes: [] })
  })
})

describe('prune', () => {
  it('removes what has ended, and keeps the ids', async () => {
    await add('autify')
    await session.keys(['rotate', 'autify', '--generate'])
    const later = { now: NOW + 2 * DAY }
    const unsaid = await session.keys(['prune', 'autify'], later)
    expect([unsaid.code, unsaid.stderr]).toEqual([2, expect.stringContaining("key-1 of 'autify' will be gone")])
    const { stdout } = await session.keys(['prune', 'autify', '--yes'], later)
    expect(stdout).toContain('key-1  expired → gone')
    expect((await session.keys(['list', 'autify', '--json'], later)).document()).toMatchObject({
      keys: [{ id: 'key-2' }],
      tombstones: ['key-1'],
    })
  })

  it('is not done when another has ended a key meanwhile, which the user was not asked about', async () => {
    await add('autify')
    await session.keys(['rotate', 'autify', '--generate'])
    await session.keys(['stage', 'autify', '--generate'])
    await session.keys(['revoke', 'autify', 'key-1', '--yes'])
    const input = overtaken(['revoke', 'autify', 'key-3', '--yes'], 'y\n')
    const { code, stderr } = await session.keys(['prune', 'autify'], { isTTY: true, input })
    expect([code, stderr]).toEqual([3, expect.stringContaining('version-conflict: another has changed')])
    expect(await statesOf('autify')).toEqual({ 'key-1': 'revoked', 'key-2': 'active', 'key-3': 'revoked' })
  })

  it('has nothing to ask where nothing has ended', async () => {
    await add('autify')
    const { code, stdout } = await session.keys(['prune', 'autify'])
    expect([code, stdout]).toEqual([0, 'autify: nothing to change\n'])
    expect((await session.keys(['list', 'autify', '--json'])).document().version).toBe('1')
  })
})
