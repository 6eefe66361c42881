import { existsSync } from 'node:fs'
import * as files from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Claim, IdempotencyStore } from '@countersign/core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { entryPath } from '../src/file-entry.js'
import { fileStore } from '../src/file-store.js'
import { sweepEntry, sweepStaging } from '../src/file-sweep.js'
import { beforeStep, type Outcome, playAll, playSome } from './interleaving.js'

vi.mock('node:fs/promises', async (importOriginal) => {
  const original = await importOriginal<Record<string, unknown>>()
  const stopping = (name: string, call: (...given: unknown[]) => Promise<unknown>) => {
    return async (...given: unknown[]) => {
      await beforeStep(name)
      return call(...given)
    }
  }
  const steps = Object.entries(original).map(([name, value]) => [
    name,
    typeof value === 'function' ? stopping(name, value as never) : value,
  ])
  return Object.fromEntries(steps)
})

const LEASE_MS = 10_000
const KEEP_MS = 1_000_000
const DAY_MS = 24 * 60 * 60 * 1000
const START = 1_767_225_600_000

/** Hundreds of plays, each of some dozen steps: on a disk in memory where there is one, as it is their order that counts. */
const FAST = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
vi.setConfig({ testTimeout: 60_000 })

let directory: string
let time = START
let count = 0

beforeAll(async () => {
  // No sweep but those that are played.
  vi.spyOn(Math, 'random').mockReturnValue(0)
  directory = await files.mkdtemp(join(FAST, 'countersign-interleaving-'))
  // What the first claim in a shard does is a play of its own.
  for (let shard = 0; shard < 256; shard++) await files.mkdir(join(directory, shard.toString(16).padStart(2, '0')))
})

afterAll(async () => {
  vi.restoreAllMocks()
  await files.rm(directory, { recursive: true, force: true })
})

/** A process' view of the store, with a clock that may differ. */
function openStore(now = () => time): IdempotencyStore {
  return fileStore(directory, { now })
}

/** A claim by a process of its own. */
function claimer(key: string): () => Promise<Claim> {
  const store = openStore()
  return () => store.claim(key, LEASE_MS)
}

function newKey(): string {
  count += 1
  time = START
  return `key ${count}`
}

function tokenOf(claim: Claim): string {
  if (claim.state !== 'claimed') throw new Error(`'${claim.state}' instead of 'claimed'`)
  return claim.token
}

/** A key whose lease has run out, and its owner. */
async function lapsed(): Promise<{ key: string; owner: IdempotencyStore; token: string }> {
  const key = newKey()
  const owner = openStore()
  const token = tokenOf(await owner.claim(key, LEASE_MS))
  time += LEASE_MS + 1
  return { key, owner, token }
}

function granted({ results }: Outcome<string>): readonly Claim[] {
  return (Object.values(results) as (Claim | undefined)[]).filter((claim) => claim?.state === 'claimed')
}

/** Of the living one has it and the others wait; where all had it that died, it is free when the lease has run out. */
async function expectOneClaim(key: string, outcome: Outcome<string>): Promise<void> {
  const claims = granted(outcome)
  expect(claims.length).toBeLessThanOrEqual(1)
  if (outcome.died.length === 0) expect(claims.length).toBe(1)
  if (claims.length === 1) expect((await openStore().claim(key, LEASE_MS)).state).toBe('in-progress')
  time += LEASE_MS + 1
  expect((await openStore().claim(key, LEASE_MS)).state).toBe('claimed')
}

describe('of all interleavings', () => {
  it('the plays find a store that looks first and writes later', async () => {
    const found = new Set<number>()
    await playAll({
      async start() {
        const path = join(directory, newKey())
        const claim = async () => {
          if (await files.readFile(path).catch(() => undefined)) return { state: 'in-progress' }
          await files.writeFile(path, 'mine')
          return { state: 'claimed' }
        }
        return { one: claim, two: claim }
      },
      check: async (outcome) => {
        found.add(granted(outcome).length)
      },
    })
    expect(found).toEqual(new Set([1, 2]))
  })

  it('of two claims of a new key, one of which may be killed, one gets it', async () => {
    let key: string
    const played = await playAll({
      async start() {
        key = newKey()
        return { one: claimer(key), two: claimer(key) }
      },
      check: (outcome) => expectOneClaim(key, outcome),
      deaths: 1,
    })
    expect(played).toBeGreaterThan(200)
  })

  it('of two claims in a place with garbage, one gets it', async () => {
    let key: string
    await playSome(
      {
        async start() {
          key = newKey()
          await files.mkdir(join(entryPath(directory, key), 'gar', 'bage'), { recursive: true })
          return { one: claimer(key), two: claimer(key) }
        },
        check: (outcome) => expectOneClaim(key, outcome),
        deaths: 1,
      },
      200,
    )
  })

  it('of two claims in a shard that is not there, one gets it', async () => {
    let key: string
    await playSome(
      {
        async start() {
          key = newKey()
          await files.rm(join(entryPath(directory, key), '..'), { recursive: true })
          return { one: claimer(key), two: claimer(key) }
        },
        check: (outcome) => expectOneClaim(key, outcome),
        deaths: 1,
      },
      200,
    )
  })

  it('of three claims of a lease that has run out, one gets it', async () => {
    let key: string
    await playAll({
      async start() {
        key = (await lapsed()).key
        return { one: claimer(key), two: claimer(key), three: claimer(key) }
      },
      check: (outcome) => expectOneClaim(key, outcome),
    })
  })
})

describe('of all interleavings of an owner whose lease has run out and', () => {
  it('a claim, either of which may be killed: it is never claimed after complete was true', async () => {
    await playOwner((owner, key, token) => owner.complete(key, token, KEEP_MS), {
      claims: 1,
      async check(key, owner, outcome) {
        const claims = granted(outcome)
        if (owner === true) expect(claims).toEqual([])
        if (owner === false) expect(claims.length).toBe(outcome.died.length === 0 ? 1 : claims.length)
        time += LEASE_MS + 1
        const { state } = await openStore().claim(key, LEASE_MS)
        // Who dies in complete may have completed it.
        if (owner !== undefined || claims.length > 0) expect(state).toBe(owner === true ? 'done' : 'claimed')
      },
    })
  })

  it('two claims: complete is true, or one of them is claimed', async () => {
    await playOwner((owner, key, token) => owner.complete(key, token, KEEP_MS), {
      claims: 2,
      async check(key, owner, outcome) {
        expect(granted(outcome).length).toBe(owner ? 0 : 1)
        if (owner) expect((await openStore().claim(key, LEASE_MS)).state).toBe('done')
      },
    })
  })

  it('two claims: extend is true, or one of them is claimed', async () => {
    await playOwner((owner, key, token) => owner.extend(key, token, LEASE_MS), {
      claims: 2,
      async check(key, owner, outcome) {
        expect(granted(outcome).length).toBe(owner ? 0 : 1)
        if (owner) expect((await openStore().claim(key, LEASE_MS)).state).toBe('in-progress')
        time += LEASE_MS + 1
        expect((await openStore().claim(key, LEASE_MS)).state).toBe('claimed')
      },
    })
  })

  it('two claims: release frees nothing that one of them has claimed', async () => {
    await playOwner((owner, key, token) => owner.release(key, token), {
      claims: 2,
      check: (key, _owner, outcome) => expectOneClaim(key, outcome),
    })
  })

  /** The owner's call beside claims. With one claim, either may be killed. */
  async function playOwner(
    call: (owner: IdempotencyStore, key: string, token: string) => Promise<boolean>,
    { claims, check }: { claims: number; check(key: string, owner: unknown, outcome: Outcome<string>): Promise<void> },
  ): Promise<void> {
    let key: string
    await playAll<string>({
      async start() {
        const lease = await lapsed()
        key = lease.key
        const claimers = Array.from({ length: claims }, (_, index) => [`claim ${index + 1}`, claimer(key)])
        return { owner: () => call(lease.owner, key, lease.token), ...Object.fromEntries(claimers) }
      },
      async check(outcome) {
        const { owner, ...results } = outcome.results
        await check(key, owner, { ...outcome, results })
      },
      deaths: claims === 1 ? 1 : 0,
    })
  }
})

describe('of all interleavings of a sweep and', () => {
  it('a claim, either of which may be killed: the claim holds', async () => {
    await playSweep(300, (key) => ({ one: claimer(key) }))
  })

  it('two claims: one gets it', async () => {
    await playSweep(300, (key) => ({ one: claimer(key), two: claimer(key) }))
  })

  it('another sweep and a claim: the claim holds', async () => {
    const sweep = (key: string) => () => sweepEntry(entryPath(directory, key), time)
    await playSweep(300, (key) => ({ one: claimer(key), other: sweep(key) }))
  })

  it('a completion that comes after more than a day: it is done, or false', async () => {
    let key: string
    await playAll({
      async start() {
        const { owner, token, ...lease } = await lapsed()
        key = lease.key
        time += DAY_MS
        return {
          sweep: () => sweepEntry(entryPath(directory, key), time),
          complete: () => owner.complete(key, token, KEEP_MS),
        }
      },
      async check({ results }) {
        expect((await openStore().claim(key, LEASE_MS)).state).toBe(results.complete ? 'done' : 'claimed')
      },
    })
  })

  it('a claim that is a day late in what it makes: it holds, for all to see', async () => {
    let key: string
    const played = await playAll({
      async start() {
        key = newKey()
        // It began two days ago, was stopped in the middle, and has a long lease.
        const late = openStore(() => START - 2 * DAY_MS)
        return { one: () => late.claim(key, 3 * DAY_MS), sweep: () => sweepStaging(join(directory, 'new'), START) }
      },
      async check({ results }) {
        expect(results.one).toMatchObject({ state: 'claimed' })
        expect((await openStore().claim(key, LEASE_MS)).state).toBe('in-progress')
      },
    })
    expect(played).toBeGreaterThan(10)
  })

  /** A sweep of what was done and is over, beside claims. One of them may be killed. */
  async function playSweep(
    most: number,
    claimers: (key: string) => Record<string, () => Promise<unknown>>,
  ): Promise<void> {
    let key: string
    await playSome<string>(
      {
        async start() {
          const { owner, token, ...lease } = await lapsed()
          key = lease.key
          await owner.complete(key, token, 1)
          time += 2
          return { sweep: () => sweepEntry(entryPath(directory, key), time), ...claimers(key) }
        },
        check: (outcome) => {
          const claimed = outcome.died.every((name) => name === 'sweep' || name === 'other')
          return expectOneClaim(key, claimed ? { ...outcome, died: [] } : outcome)
        },
        deaths: 1,
      },
      most,
    )
  }
})
