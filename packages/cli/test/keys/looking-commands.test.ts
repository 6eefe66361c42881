import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileKeyUses } from '@countersign/core/node'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY, HOUR, type KeysSession, NOW, openSession } from './keys-session.js'

const MINUTE = 60_000
let session: KeysSession

/** Autify has been rotated an hour ago; AgilePoint's primary slot is overdue; nobody knows whose the ring `acme` is. */
beforeEach(async () => {
  session = await openSession()
  const earlier = { now: NOW - HOUR }
  await session.keys(['add', 'autify', '--secret-env', 'OLD_SECRET'], earlier)
  await session.keys(['rotate', 'autify', '--generate'], earlier)
  const slots = [
    ['primary', '2026-04-01T00:00:00Z'],
    ['secondary', '2026-05-01T00:00:00Z'],
  ] as const
  for (const [slot, from] of slots) {
    await session.keys(['add', 'agilepoint', '--slot', slot, '--secret', `fake-secret-${slot}`, '--active-from', from])
  }
  await session.keys(['add', 'acme', '--secret-env', 'OLD_SECRET'])
})

afterEach(() => session.end())

describe('list', () => {
  it('shows each ring, its keys, and what is due', async () => {
    const { code, stdout } = await session.keys(['list'])
    expect(code).toBe(0)
    expect(stdout).toMatchInlineSnapshot(`
      "ring        keys              next rotation
      acme        key-1 active      -
      agilepoint  primary active    overdue for 16 days: slot primary
                  secondary active
      autify      key-1 retiring    may be rotated at any time
                  key-2 active
      "
    `)
  })

  it('shows a ring: its dates, and the picture of its keys’ lives', async () => {
    const { stdout } = await session.keys(['list', 'autify'], { columns: 80 })
    expect(stdout).toMatchInlineSnapshot(`
      "autify  2 keys, version 2
      may be rotated at any time

      key    state     since             until             last matched
      key-1  retiring  60 minutes ago    in 23 hours       -
                       15 Jun 11:00 UTC  16 Jun 11:00 UTC
      key-2  active    60 minutes ago    -                 -
                       15 Jun 11:00 UTC

      rotated                       ▼
      key-1        █████████████████▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒····
      key-2                         ██████████████████████████████████████████████████
                   ───────┼───────────▲──────────┼──────────┼──────────┼──────────────
                          -6 h        now        +6 h       +12 h      +18 h

      ░░ staged   ██ active   ▒▒ retiring   ·· expired   ▼ vendor rotates
      "
    `)
  })

  it('marks the coming rotation where the vendor has a period', async () => {
    const { stdout } = await session.keys(['list', 'agilepoint', '--now', '2026-05-20T00:00:00Z'], { columns: 80 })
    expect(stdout).toMatchInlineSnapshot(`
      "agilepoint  2 keys, version 2
      rotation due 31 May 00:00 UTC (in 11 days): slot primary

      key             state   since            until  last matched
      primary         active  49 days ago      -      -
      slot primary            1 Apr 00:00 UTC
      secondary       active  19 days ago      -      -
      slot secondary          1 May 00:00 UTC

      rotated                                                                    ▽
      primary          ███████████████████████████████████████████████████████████████
      secondary                                     ██████████████████████████████████
                   ───┼─────────┼────────┼─────────┼─────────┼────────▲─────────┼─────
                      -50 d     -40 d    -30 d     -20 d     -10 d    now       +10 d

      ░░ staged   ██ active   ▒▒ retiring   ·· expired   ▽ due
      "
    `)
  })

  it('prints one document, whose moments are milliseconds', async () => {
    expect((await session.keys(['list', 'autify', '--json'])).document()).toEqual({
      ring: 'autify',
      version: '2',
      keys: [
        { id: 'key-1', state: 'retiring', since: NOW - HOUR, until: NOW - HOUR + DAY },
        { id: 'key-2', state: 'active', since: NOW - HOUR },
      ],
      tombstones: [],
      nextRotation: { provider: 'autify', at: NOW, isPeriodic: false, isOverdue: false },
    })
    const { rings } = (await session.keys(['list', '--json'])).document()
    expect(rings.map(({ ring }: { ring: string }) => ring)).toEqual(['acme', 'agilepoint', 'autify'])
    expect(rings[1].nextRotation).toEqual({
      provider: 'agilepoint',
      slot: 'primary',
      at: Date.UTC(2026, 4, 31),
      isPeriodic: true,
      isOverdue: true,
    })
  })

  it('says when a key last matched, as the receivers have recorded it', async () => {
    const uses = fileKeyUses(join(session.folder, 'keys'))
    await uses.record('autify', [{ keyId: 'key-1', lastUsed: NOW - 4 * MINUTE }])
    const { stdout } = await session.keys(['list', 'autify'])
    expect(stdout).toContain('16 Jun 11:00 UTC  15 Jun 11:56 UTC')
    const { keys } = (await session.keys(['list', 'autify', '--json'])).document()
    expect(keys.map(({ lastUsed }: { lastUsed?: number }) => lastUsed)).toEqual([NOW - 4 * MINUTE, undefined])
    const checklist = await session.keys(['checklist', 'autify'])
    expect(checklist.stdout).toContain('key-1 matched 4 minutes ago')
    expect((await session.keys(['checklist', 'autify', '--json'])).document()).toMatchObject({
      ring: 'autify',
      provider: 'autify',
      fresh: 'key-2',
      old: ['key-1'],
      retire: 'not-yet',
      steps: [{ name: 'update' }, { name: 'test' }, { name: 'monitor' }, { name: 'retire' }],
    })
  })

  it('shows the ring also where that cannot be read', async () => {
    await writeFile(join(session.folder, 'keys', 'key-uses'), 'no directory')
    const { code, stdout, stderr } = await session.keys(['list', 'autify'])
    expect([code, stdout]).toEqual([0, expect.stringContaining('key-2  active')])
    expect(stderr).toContain('warning: when keys last matched is not known')
  })

  it('says how to begin where there is nothing', async () => {
    const { stdout } = await session.keys(['list', '--store', `file:${session.folder}/none`])
    expect(stdout).toBe('no keyrings yet: countersign keys add <ring> begins one\n')
  })

  it.each([80, 100, 120])('fits into %i columns', async (columns) => {
    for (const ring of ['agilepoint', 'autify', 'acme']) {
      const { stdout } = await session.keys(['list', ring], { columns })
      expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(columns)
    }
  })

  it('has colours on a terminal', async () => {
    expect((await session.keys(['list', 'autify'], { isTTY: true })).stdout).toContain('\u001b[33mretiring')
  })
})

describe('schedule', () => {
  it('has the most pressing first', async () => {
    await session.keys(['stage', 'acme', '--provider', 'insider', '--generate'])
    const { code, stdout } = await session.keys(['schedule'])
    expect(code).toBe(0)
    expect(stdout).toMatchInlineSnapshot(`
      "agilepoint  overdue for 16 days: slot primary
      acme        its name does not tell whose keys these are: --provider <id>
                  key-2 waits to be promoted
      autify      may be rotated at any time
                  key-1 ends 16 Jun 11:00 UTC (in 23 hours)
      "
    `)
  })

  it('prints one document', async () => {
    expect((await session.keys(['schedule', 'autify', '--json'])).document()).toEqual({
      schedule: [
        {
          ring: 'autify',
          nextRotation: { provider: 'autify', at: NOW, isPeriodic: false, isOverdue: false },
          ends: [{ id: 'key-1', at: NOW - HOUR + DAY }],
          waiting: [],
        },
      ],
    })
  })
})

describe('history', () => {
  it('tells all that the dates tell, in order', async () => {
    await session.keys(['add', 'autify', '--secret', 'fake-secret-leaked', '--id', 'leaked'])
    await session.keys(['revoke', 'autify', 'leaked', '--yes'])
    await session.keys(['prune', 'autify', '--yes'])
    await session.keys(['stage', 'autify', '--generate', '--id', 'next'])
    const { stdout } = await session.keys(['history', 'autify'])
    expect(stdout).toMatchInlineSnapshot(`
      "-                                 leaked  gone; its id is not used again
      -                                 key-1   signs since before this ring
      -                                 next    staged; when is not kept
      15 Jun 11:00 UTC  60 minutes ago  key-1   retired
      15 Jun 11:00 UTC  60 minutes ago  key-2   rotated
      16 Jun 11:00 UTC  in 23 hours     key-1   expires
      "
    `)
  })

  it('prints one document', async () => {
    expect((await session.keys(['history', 'agilepoint', '--json'])).document()).toEqual({
      ring: 'agilepoint',
      version: '2',
      events: [
        { at: Date.UTC(2026, 3, 1), id: 'primary', slot: 'primary', event: 'active' },
        { at: Date.UTC(2026, 4, 1), id: 'secondary', slot: 'secondary', event: 'active' },
      ],
    })
  })

  it('does not call active what was on its way out before its turn', async () => {
    const rotate = (hoursAgo: number, secret: string) => {
      const at = new Date(NOW - hoursAgo * HOUR).toISOString()
      return session.keys(['rotate', 'global-commerce', '--secret', secret, '--grace', '24h', '--at', at])
    }
    await session.keys(['add', 'global-commerce', '--secret-env', 'OLD_SECRET'])
    await rotate(20, 'fake-secret-2')
    await rotate(1, 'fake-secret-3')
    const { events } = (await session.keys(['history', 'global-commerce', '--json'])).document()
    expect(events.map(({ id, event }: { id: string; event: string }) => `${id} ${event}`)).toEqual([
      'key-1 added',
      'key-2 staged',
      'key-1 retired',
      'key-2 retired',
      'key-1 expired',
      'key-3 active',
      'key-2 expired',
    ])
  })

  it('does not tell of what a revocation has prevented', async () => {
    await session.keys(['revoke', 'autify', 'key-1', '--yes'])
    const { events } = (await session.keys(['history', 'autify', '--json'])).document()
    expect(events.map(({ id, event }: { id: string; event: string }) => `${id} ${event}`)).toEqual([
      'key-1 added',
      'key-1 retired',
      'key-2 rotated',
      'key-1 revoked',
    ])
  })
})
