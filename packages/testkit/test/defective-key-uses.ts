import type { KeyUseRecord, KeyUseRecords } from '@countersign/core'
import type { KeyUseData, KeyUseDefect } from './plain-key-uses.js'

interface Defective {
  readonly name: string
  readonly defect: KeyUseDefect
  /** The name of a case that must fail, and its message. */
  readonly fails: RegExp
}

const tick = () => new Promise<void>((resolve) => setImmediate(resolve))

/** Each is a mistake that a store with a real database behind it could make. */
export const KEY_USE_DEFECTS: readonly Defective[] = [
  {
    name: 'who writes last wins',
    defect: (good, data) => put(good, data, (keys, { keyId, lastUsed }) => keys.set(keyId, lastUsed)),
    fails: /^record: an earlier time changes nothing /,
  },
  {
    name: 'the first time stays',
    defect: (good, data) =>
      put(good, data, (keys, { keyId, lastUsed }) => keys.set(keyId, keys.get(keyId) ?? lastUsed)),
    fails: /^record: a later time takes the place /,
  },
  {
    name: 'times that are compared as texts',
    defect: (good, data) =>
      put(good, data, (keys, { keyId, lastUsed }) => {
        const before = keys.get(keyId)
        if (before === undefined || String(lastUsed) > String(before)) keys.set(keyId, lastUsed)
      }),
    fails: /^record: times are compared as numbers /,
  },
  {
    name: 'a file that is replaced as a whole',
    defect: (good, { rings }) => ({
      record: async (ring, uses) => {
        rings.delete(ring)
        await good.record(ring, uses)
      },
    }),
    fails: /^record: other keys stay as they are /,
  },
  {
    name: 'what was read is written back a moment later',
    defect: (good, { rings }) => ({
      record: async (ring, uses) => {
        const before = new Map(rings.get(ring))
        await tick()
        rings.set(ring, before)
        await good.record(ring, uses)
      },
    }),
    fails: /^race: of 30 who record different keys, none is lost /,
  },
  {
    name: 'rows that wait for each other',
    defect: (good) => {
      const locked = new Set<string>()
      return {
        record: async (ring, uses) => {
          const own: string[] = []
          for (const { keyId } of uses) {
            if (locked.has(`${ring} ${keyId}`) && !own.includes(`${ring} ${keyId}`)) {
              for (const lock of own) locked.delete(lock)
              throw new Error('deadlock detected')
            }
            own.push(`${ring} ${keyId}`)
            locked.add(`${ring} ${keyId}`)
            await tick()
          }
          for (const lock of own) locked.delete(lock)
          await good.record(ring, uses)
        },
      }
    },
    fails: /^race: .*deadlock detected/,
  },
  {
    name: 'a replica that lags',
    defect: (good, { rings }) => {
      let behind = new Map<string, Map<string, number>>()
      return {
        read: async (ring) => {
          const seen = behind.get(ring) ?? new Map<string, number>()
          behind = new Map([...rings].map(([name, keys]) => [name, new Map(keys)]))
          await good.read(ring)
          return [...seen].map(([keyId, lastUsed]) => ({ keyId, lastUsed }))
        },
      }
    },
    fails: /^record: the other client reads it, to the millisecond /,
  },
  {
    name: 'whole seconds',
    defect: reading((use) => ({ ...use, lastUsed: Math.trunc(use.lastUsed / 1000) * 1000 })),
    fails: /^record: the other client reads it, to the millisecond /,
  },
  {
    name: 'times as texts',
    defect: reading((use) => ({ ...use, lastUsed: String(use.lastUsed) as never })),
    fails: /^record: the other client reads it, to the millisecond /,
  },
  {
    name: 'times of 32 bits more than a date has',
    defect: reading((use) => ({ ...use, lastUsed: Math.min(use.lastUsed, 8.64e15) })),
    fails: /^record: the first and the last moment /,
  },
  {
    name: 'ids without case',
    defect: (good) => ({
      record: (ring, uses) =>
        good.record(
          ring,
          uses.map((use) => ({ ...use, keyId: use.keyId.toLowerCase() })),
        ),
    }),
    fails: /^keys: similar ids do not collide /,
  },
  {
    name: 'ids as the names of an object',
    defect: (good, { rings }) => ({
      read: async (ring) => {
        await good.read(ring)
        const object: Record<string, number> = {}
        for (const [keyId, lastUsed] of rings.get(ring) ?? []) object[keyId] = lastUsed
        return Object.entries(object).map(([keyId, lastUsed]) => ({ keyId, lastUsed }))
      },
    }),
    fails: /^keys: similar ids do not collide /,
  },
  {
    name: 'rings as paths that are resolved',
    defect: (good) => {
      const resolved = (ring: string) => ring.replace(/\/$/, '')
      return {
        record: (ring, uses) => good.record(resolved(ring), uses),
        read: (ring) => good.read(resolved(ring)),
      }
    },
    fails: /^rings: similar names do not collide .*ends in 'a'/,
  },
  {
    name: 'any name of a ring',
    defect: (good, data) => unchecked(good, data),
    fails: /^rings: what is no name is refused/,
  },
  {
    name: 'any time',
    defect: (good, data) => unchecked(good, data),
    fails: /^times: what is no time is refused/,
  },
  {
    name: 'a part of what is refused',
    defect: (good) => ({
      record: async (ring, uses) => {
        for (const use of uses) await good.record(ring, [use])
        await good.record(ring, uses)
      },
    }),
    fails: /^times: what is no time is refused, and nothing is recorded /,
  },
  {
    name: 'a key twice',
    defect: (good) => ({ read: async (ring) => [...(await good.read(ring)), ...(await good.read(ring))] }),
    fails: /^record: the other client reads it/,
  },
  {
    name: 'nothing in place of an outage',
    defect: (good) => ({ read: (ring) => good.read(ring).catch(() => []) }),
    fails: /^outage: read of what was recorded rejects with store-failed /,
  },
  {
    name: 'a record that is forgotten in an outage',
    defect: (good) => ({
      record: (ring, uses) =>
        good.record(ring, uses).catch((error) => (error.code === 'store-failed' ? undefined : Promise.reject(error))),
    }),
    fails: /^outage: record rejects with store-failed /,
  },
]

function put(
  good: KeyUseRecords,
  { rings }: KeyUseData,
  change: (keys: Map<string, number>, use: KeyUseRecord) => void,
): Partial<KeyUseRecords> {
  return {
    record: async (ring, uses) => {
      await good.record(ring, [])
      const keys = rings.get(ring) ?? new Map()
      for (const use of uses) change(keys, use)
      rings.set(ring, keys)
    },
  }
}

function unchecked(good: KeyUseRecords, data: KeyUseData): Partial<KeyUseRecords> {
  return {
    record: async (ring, uses) => {
      await good.read(ring)
      const keys = data.rings.get(ring) ?? new Map()
      for (const { keyId, lastUsed } of uses) keys.set(keyId, Math.max(lastUsed, keys.get(keyId) ?? 0))
      data.rings.set(ring, keys)
    },
  }
}

function reading(change: (use: KeyUseRecord) => KeyUseRecord): KeyUseDefect {
  return (good) => ({ read: async (ring) => (await good.read(ring)).map(change) })
}
