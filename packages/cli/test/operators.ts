import { randomBytes } from 'node:crypto'
import { autify } from '@countersign/autify'
import { type KeyringStore, keyring, rotate, sealed } from '@countersign/core'
import { describe, expect, it } from 'vitest'
import { openStore, startStore } from '../src/fleet/shared-store.js'
import type { StoreKind } from '../src/fleet/store-kinds.js'

const NAME = 'autify'
const ROTATIONS = 500
/** At the same time, by each of the two. */
const AT_ONCE = 10
/** Longer than a key retires: the next rotation then has room in the ring. */
const STEP_MS = 3 * 24 * 60 * 60 * 1000

export function describeOperators(kind: StoreKind): void {
  describe(`two operators on ${kind}`, { timeout: 60_000 }, () => {
    it('rotate 500 times at once: every success is in the history, every loser got a conflict', async () => {
      const server = await startStore(kind)
      const clients = [openStore(kind, server.port), openStore(kind, server.port)]
      try {
        const masterKey = randomBytes(32).toString('base64')
        const operators = clients.map(({ keyrings }) => sealed(keyrings, masterKey))
        const [first] = operators
        await first?.save(NAME, keyring([{ id: 'key-1', secret: 'fake-secret-1' }]), undefined)
        const outcomes = await rotateAtOnce(operators)
        const after = await first?.load(NAME)
        const history = [...(after?.ring.tombstones ?? []), ...(after?.ring.keys ?? []).map(({ id }) => id)]
        const saved = outcomes.filter((outcome) => outcome.startsWith('key-'))
        const conflicts = outcomes.filter((outcome) => outcome === 'version-conflict')
        expect(outcomes).toHaveLength(ROTATIONS)
        expect(saved.length + conflicts.length).toBe(ROTATIONS)
        expect(conflicts.length).toBeGreaterThan(ROTATIONS / 10)
        expect(history.sort()).toEqual(['key-1', ...saved].sort())
        expect(after?.version).toBe(String(1 + saved.length))
      } finally {
        for (const client of clients) await client.close()
        await server.stop()
      }
    })
  })
}

/** The id of each key that was saved, and the code of each error. */
async function rotateAtOnce(operators: readonly KeyringStore[]): Promise<readonly string[]> {
  let left = ROTATIONS
  let now = Date.now()
  const outcomes: string[] = []

  async function rotateOne(store: KeyringStore): Promise<string> {
    const loaded = await store.load(NAME)
    if (loaded === undefined) throw new Error('the ring is gone')
    now += STEP_MS
    const { ring, key } = rotate(loaded.ring, autify(), { now })
    return store.save(NAME, ring, loaded.version).then(
      () => key.id,
      (error) => error.code,
    )
  }

  async function work(store: KeyringStore): Promise<void> {
    while (left > 0) {
      left -= 1
      outcomes.push(await rotateOne(store))
    }
  }

  const hands = operators.flatMap((store) => Array.from({ length: AT_ONCE }, () => work(store)))
  await Promise.all(hands)
  return outcomes
}
