import {
  CountersignError,
  exportKeyring,
  type Keyring,
  type KeyringRecord,
  type KeyringStore,
  keyring,
} from '@countersign/core'
import { type KeyringData, type KeyringDefect, reached, tell } from './plain-keyring-store.js'

interface Defective {
  readonly name: string
  readonly defect: KeyringDefect
  /** The name of a case that must fail, and its message. */
  readonly fails: RegExp
}

const tick = () => new Promise<void>((resolve) => setImmediate(resolve))

/** Each is a mistake that a store with a real database behind it could make. */
export const KEYRING_DEFECTS: readonly Defective[] = [
  {
    name: 'a ring without keys where there is none',
    defect: {
      store: (good) => ({ load: async (name) => (await good.load(name)) ?? { ring: keyring([]), version: '0' } }),
    },
    fails: /^load: undefined where there is none .*saw a ring as version "0"/,
  },
  {
    name: 'an error where there is none',
    defect: {
      store: (good) => ({
        load: async (name) => (await good.load(name)) ?? Promise.reject(new CountersignError('no-keys')),
      }),
    },
    fails: /^load: undefined where there is none .*no-keys/,
  },
  content('tombstones that are not kept', /the ids of keys that are gone/, (ring) => keyring(ring.keys)),
  content('dates that are whole seconds', /all dates, slots/, (ring) =>
    keyring(
      ring.keys.map((key) => ({ ...key, activeFrom: key.activeFrom && Math.trunc(key.activeFrom / 1000) * 1000 })),
    ),
  ),
  content('a revocation that is not kept', /all dates, slots .*another key 'all'/, (ring) =>
    keyring(ring.keys.map((key) => ({ ...key, revokedAt: undefined }))),
  ),
  content('slots that are not kept', /all dates, slots/, (ring) =>
    keyring(ring.keys.map((key) => ({ ...key, slot: undefined }))),
  ),
  text('texts in a normal form', /secrets in each encoding/, (all) => all.normalize()),
  text('texts cut at a NUL', /secrets in each encoding/, (all) => all.replace('NUL\\u0000', 'NUL')),
  text('texts in Latin-1', /secrets in each encoding.*another key 'secret-4'/, (all) =>
    all.replace(/[^\0-\xff]/g, '?'),
  ),
  text('texts of at most 64 KiB', /sixteen keys, long ids/, (all) => all.slice(0, 65_536)),
  {
    name: 'a column that a short text leaves full of the long one before it',
    defect: {
      records: (good, { rows }) => ({
        write: async (name, record, expected) => {
          const before = rows.get(name)?.text ?? ''
          return good.write(name, { ...record, text: record.text + before.slice(record.text.length) }, expected)
        },
      }),
    },
    fails: /^content: what replaces a ring leaves nothing .*keyring-malformed/,
  },
  {
    name: 'the version of the text, which stays for the same text',
    defect: { store: (good, data) => versionedByText(good, data) },
    fails: /^version: it is another one with every save.*expected 12 versions; saw 1/,
  },
  {
    name: 'another version than the one that load gives',
    defect: {
      store: (good) => ({
        load: async (name) => {
          const stored = await good.load(name)
          return stored && { ...stored, version: `v${stored.version}` }
        },
      }),
    },
    fails: /^content: a ring of one key.*expected version "1", as save gave it; saw "v1"/,
  },
  {
    name: 'no version from save',
    defect: { store: (good) => ({ save: async (...given) => ({ ...(await good.save(...given)), version: '' }) }) },
    fails: /^content: a ring of one key.*expected a version; saw ""/,
  },
  {
    name: 'a cache in each client',
    defect: { store: cached },
    fails: /^version: what one client saves, another sees at once/,
  },
  {
    name: 'creation in the place of what is there',
    defect: withoutExpectation((expected) => expected === undefined),
    fails: /^conflict: a ring is not created where there is one .*saw it resolve to/,
  },
  {
    name: 'no comparison of versions',
    defect: withoutExpectation((expected) => expected !== undefined),
    fails: /^conflict: a version that was replaced is not replaced again/,
  },
  {
    name: 'a comparison only with what this client has loaded',
    defect: withoutExpectation(
      (expected, current) => expected !== undefined && current !== undefined && expected < current,
    ),
    fails: /^conflict: a version that was replaced is not replaced again/,
  },
  {
    name: 'a comparison that any newer version passes',
    defect: withoutExpectation((expected, current) => (expected ?? 0) > (current ?? 0) && current !== undefined),
    fails: /^conflict: the version of another ring is none .*saw it resolve to/,
  },
  {
    name: 'an empty version that counts as none',
    defect: { store: (good) => ({ save: (name, ring, version) => good.save(name, ring, version || undefined) }) },
    fails: /^conflict: the empty version is none .*where there is no ring to reject/,
  },
  {
    name: 'a version that is read as far as it is a number',
    defect: {
      store: (good) => ({
        save: (name, ring, version) => good.save(name, ring, version && String(Number.parseInt(version, 10))),
      }),
    },
    fails: /^conflict: a version that is made up is none .*save with version "1\.5"/,
  },
  {
    name: 'a version that is no number, and makes it throw',
    defect: {
      store: (good) => ({
        save: async (name, ring, version) => {
          if (version !== undefined && !/^\d+$/.test(version)) throw new TypeError('invalid input syntax for integer')
          return good.save(name, ring, version)
        },
      }),
    },
    fails: /^conflict: a version that is made up is none .*no CountersignError: TypeError/,
  },
  {
    name: 'a save with a version where there is no ring creates it',
    defect: withoutExpectation((expected, current) => expected !== undefined && current === undefined),
    fails: /^conflict: the version of another ring is none .*where there is none to reject/,
  },
  {
    name: 'a conflict that is told, and saved all the same',
    defect: {
      records: (good, { rows }) => ({
        write: async (name, record, expected) => {
          const answer = await good.write(name, record, expected)
          if (!answer && expected !== undefined && rows.has(name)) rows.set(name, record)
          return answer
        },
      }),
    },
    fails: /^conflict: a version that is made up is none .*expected the ring that was saved/,
  },
  {
    name: 'a conflict without a code',
    defect: {
      store: (good) => ({
        save: (...given) => good.save(...given).catch((error) => Promise.reject(new Error(String(error)))),
      }),
    },
    fails: /^conflict: a ring is not created where there is one .*no CountersignError/,
  },
  {
    name: 'a conflict that reads as an outage',
    defect: {
      store: (good) => ({
        save: (...given) => good.save(...given).catch(() => Promise.reject(new CountersignError('store-failed'))),
      }),
    },
    fails: /^conflict: a ring is not created where there is one .*'store-failed'/,
  },
  {
    name: 'a client that has no more saves after a conflict',
    defect: { store: (good) => stuckAfterConflict(good) },
    fails: /^conflict: who loads again can save/,
  },
  {
    name: 'creations that look first and write later',
    defect: {
      records: (good, data) => ({ write: inTwoSteps(data, good.write, (expected) => expected === undefined) }),
    },
    fails: /^race: of 50 who create a ring, one does .*expected one save to succeed; saw 50 of 50/,
  },
  {
    name: 'saves that look first and write later',
    defect: {
      records: (good, data) => ({ write: inTwoSteps(data, good.write, (expected) => expected !== undefined) }),
    },
    fails: /^race: of 50 who replace the same version, one does .*saw 50 of 50/,
  },
  {
    name: 'saves that are exclusive in each process only',
    defect: {
      records: (good, data) => {
        const inTurn = queue()
        const write = inTwoSteps(data, good.write, () => true)
        return { write: (...given) => inTurn(() => write(...given)) }
      },
    },
    fails: /^race: of 50 who create a ring, one does .*saw 2 of 50/,
  },
  {
    name: 'rotations that overwrite each other',
    defect: {
      records: (good, data) => ({ write: inTwoSteps(data, good.write, (expected) => expected !== undefined) }),
    },
    fails: /^race: of 60 rotations by two operators.*expected 60 versions/,
  },
  {
    name: 'rotations that are saved, and then lost',
    defect: {
      records: (good, { rows }) => ({
        write: async (name, record, expected) => {
          const before = rows.get(name)
          const answer = await good.write(name, record, expected)
          // The text of the one before, as two statements without a transaction can leave it.
          if (answer && before && record.version % 7 === 0) rows.set(name, { ...record, text: before.text })
          return answer
        },
      }),
    },
    fails: /^race: of 60 rotations by two operators.*expected every rotation that was saved.*without rotation-/,
  },
  {
    name: 'one lock for all names, that fails who does not get it',
    defect: { records: (good) => ({ write: withOneLock(good.write) }) },
    fails: /^race: 50 who create rings of different names do not disturb each other/,
  },
  {
    name: 'a load that reads the version and the text one after the other',
    defect: {
      store: (good) => ({
        load: async (name) => {
          const first = await good.load(name)
          await tick()
          const second = await good.load(name)
          return first && second && { ring: second.ring, version: first.version }
        },
      }),
    },
    fails: /^race: a load beside a save .*expected the ring of version/,
  },
  {
    name: 'a lagging replica now and then',
    defect: { store: lagging },
    fails: /^race: a load beside a save .*expected version '\d+' or '\d+'; saw '\d+'/,
  },
  named('names folded to lower case', /^names: similar endings/, (name) => name.toLowerCase()),
  named('names with a path in them', /^names: similar endings/, (name) => name.replace(/\/+/g, '/')),
  named('names with dots at their end cut off', /^names: similar endings/, (name) => name.replace(/\.+$/, '')),
  named('names with one separator for all', /^names: similar endings/, (name) => name.replace(/[:/]/g, '.')),
  named('names whose beginning is a folder', /^names: similar beginnings/, (name) => name.replace(/^[./]+/, '')),
  named('names cut at 64', /^names: the longest are told apart/, (name) => name.slice(0, 64)),
  named('names that are properties', /^names: those with a meaning elsewhere .*no name/, (name) => {
    if (name in {}) throw new TypeError('no name')
    return name
  }),
  {
    name: 'any name is good enough',
    defect: {
      store: (good) => ({
        save: (name, ring, version) => good.save(/^[\w.:/@-]{1,80}$/.test(name) ? name : 'other', ring, version),
      }),
    },
    fails: /^names: what is no name is refused, and no ring has it .*save as ""/,
  },
  {
    name: 'a load that throws for what is no name',
    defect: {
      store: (good) => ({
        load: async (name) => {
          if (!/^[\w.:/@-]{1,80}$/.test(name)) throw new CountersignError('keyring-name-invalid')
          return good.load(name)
        },
      }),
    },
    fails: /^names: what is no name is refused, and no ring has it .*keyring-name-invalid/,
  },
  {
    name: 'a list with each version',
    defect: { store: (good) => ({ list: async () => (await good.list()).flatMap((name) => [name, name]) }) },
    fails: /^list: each that was saved, once/,
  },
  {
    name: 'a list of one page',
    defect: { store: (good) => ({ list: async () => (await good.list()).slice(0, 10) }) },
    fails: /^names: similar endings .*all of them in the list/,
  },
  {
    name: 'a list of what this client has saved',
    defect: {
      store: (good) => {
        const own = new Set<string>()
        return {
          save: async (name, ring, version) => {
            const saved = await good.save(name, ring, version)
            own.add(name)
            return saved
          },
          list: async () => (await good.list()).filter((name) => own.has(name)),
        }
      },
    },
    fails: /^list: each that was saved, once/,
  },
  {
    name: 'a list of what was asked for',
    defect: { store: listingAsked },
    fails: /^list: none that was asked for, and never saved .*expected neither of them/,
  },
  {
    name: 'a watch that never tells',
    defect: { store: () => ({ watch: () => () => undefined }) },
    fails: /^watch: a save by this client is told .*nothing within/,
  },
  {
    name: 'a watch that tells of own saves only',
    defect: { store: tellingOwn },
    fails: /^watch: a save by another client is told/,
  },
  {
    name: 'a watch that tells of creations only',
    defect: {
      store: (good) => ({
        watch: (name, changed) => {
          let calls = 0
          const end = good.watch?.(name, () => {
            if (calls++ === 0) changed()
          })
          return () => end?.()
        },
      }),
    },
    fails: /^watch: a save by this client is told .*a ring that is replaced/,
  },
  {
    name: 'one watcher to a name',
    defect: {
      store: (good) => {
        const ends = new Map<string, () => void>()
        return {
          watch: (name, changed) => {
            ends.get(name)?.()
            const end = good.watch?.(name, changed) ?? (() => undefined)
            ends.set(name, end)
            return end
          },
        }
      },
    },
    fails: /^watch: each of several watchers is told/,
  },
  {
    name: 'an end that ends all watchers of that function',
    defect: {
      store: (good, { watchers }) => ({
        watch: (name, changed) => {
          good.watch?.(name, changed)
          return () => {
            for (let place = watchers.length - 1; place >= 0; place--) {
              if (watchers[place]?.changed === changed) watchers.splice(place, 1)
            }
          }
        },
      }),
    },
    fails: /^watch: each of several watchers is told.*after one of two ended/,
  },
  {
    name: 'one name to a client',
    defect: {
      store: (good) => {
        let end: (() => void) | undefined
        let watched: string | undefined
        return {
          watch: (name, changed) => {
            if (name !== watched) end?.()
            watched = name
            end = good.watch?.(name, changed)
            return () => end?.()
          },
        }
      },
    },
    fails: /^watch: each of several names is told/,
  },
  {
    name: 'a watch without end',
    defect: {
      store: (good) => ({
        watch: (name, changed) => {
          good.watch?.(name, changed)
          return () => undefined
        },
      }),
    },
    fails: /^watch: after its end nothing is told.*expected nothing after its end/,
  },
  {
    name: 'an end that ends all watchers',
    defect: {
      store: (good, { watchers }) => ({
        watch: (name, changed) => {
          good.watch?.(name, changed)
          return () => {
            watchers.length = 0
          }
        },
      }),
    },
    fails: /^watch: after its end nothing is told, and others still are/,
  },
  {
    name: 'a watch that gives nothing to end it',
    defect: { store: () => ({ watch: () => undefined as never }) },
    fails: /^watch: a save by this client .*expected watch to give what ends it/,
  },
  {
    name: 'a watch that throws while the store is down',
    defect: {
      store: (good, data) => ({
        watch: (name, changed) => reached(data) && (good.watch?.(name, changed) as () => void),
      }),
    },
    fails: /^watch: an outage makes it throw nothing.*the store is down/,
  },
  {
    name: 'a watch that does not outlast an outage',
    defect: {
      store: (good, data) => ({
        watch: (name, changed) => {
          const { outages } = data
          return good.watch?.(name, () => data.outages === outages && changed()) as () => void
        },
      }),
    },
    fails: /^watch: an outage makes it throw nothing, and changes after it are told .*nothing within/,
  },
  {
    name: 'an outage in which there is no ring',
    defect: { store: (good, data) => ({ load: async (name) => (data.isDown ? undefined : good.load(name)) }) },
    fails: /^outage: load of a ring rejects with store-failed .*saw it resolve to undefined/,
  },
  {
    name: 'an outage in which what was loaded last goes on',
    defect: { store: cachedInOutage },
    fails: /^outage: load of a ring rejects with store-failed .*saw it resolve to/,
  },
  {
    name: 'an outage that reads as a conflict',
    defect: { records: (good, data) => ({ write: async (...given) => !data.isDown && good.write(...given) }) },
    fails: /^outage: save of a new ring rejects with store-failed .*'version-conflict'/,
  },
  {
    name: 'an outage in which a save is kept for later',
    defect: {
      store: (good, data) => ({
        save: async (...given) => (data.isDown ? { version: 'later' } : good.save(...given)),
      }),
    },
    fails: /^outage: save in the place of a version rejects .*saw it resolve to {"version":"later"}/,
  },
  {
    name: 'an outage in which the list is empty',
    defect: { store: (good, data) => ({ list: async () => (data.isDown ? [] : good.list()) }) },
    fails: /^outage: list rejects with store-failed .*saw it resolve to \[\]/,
  },
  {
    name: 'an outage without a code',
    defect: { store: (good, data) => ({ list: async () => (reached(data).isDown ? [] : good.list()) }) },
    fails: /^outage: list rejects with store-failed .*no CountersignError: Error: the store is down/,
  },
  {
    name: 'a client that is down for good',
    defect: { store: brokenForGood },
    fails: /^outage: afterwards it works again/,
  },
  leaking('the text in the message', (error, text) => Object.assign(error, { message: `${error.message} ${text}` })),
  leaking('the statement in the cause', (error, text) =>
    Object.assign(error, { cause: Object.assign(new Error('failed'), { command: { args: ['SET', text] } }) }),
  ),
  leaking('the bytes in the cause', (error, text) =>
    Object.assign(error, { cause: { parameters: new Map([[1, new TextEncoder().encode(text)]]) } }),
  ),
  leaking('the text where no logger shows it', (error, text) =>
    Object.defineProperty(error, 'detail', { value: btoa(text), enumerable: false }),
  ),
]

/** A ring that is changed before it is saved. */
function content(name: string, fails: RegExp, change: (ring: Keyring) => Keyring): Defective {
  return {
    name,
    defect: { store: (good) => ({ save: (key, ring, version) => good.save(key, change(ring), version) }) },
    fails: new RegExp(`^content: .*${fails.source}`),
  }
}

/** A text that is changed before it is kept. */
function text(name: string, fails: RegExp, change: (text: string) => string): Defective {
  return {
    name,
    defect: {
      records: (good) => ({
        write: (key, record, expected) => good.write(key, { ...record, text: change(record.text) }, expected),
      }),
    },
    fails: new RegExp(`^content: .*${fails.source}`),
  }
}

function named(name: string, fails: RegExp, change: (name: string) => string): Defective {
  return {
    name,
    defect: {
      store: (good) => ({
        load: async (given) => good.load(change(given)),
        save: async (given, ring, version) => good.save(change(given), ring, version),
      }),
    },
    fails,
  }
}

/** Errors of saves, with the ring that was to be saved. */
function leaking(name: string, leak: (error: Error, text: string) => unknown): Defective {
  return {
    name: `errors with ${name}`,
    defect: {
      store: (good) => ({
        save: (given, ring, version) =>
          good.save(given, ring, version).catch((error) => Promise.reject(leak(error, exportKeyring(ring)))),
      }),
    },
    fails: /^leaks: no secret in the error that another version is there .*expected nothing that tells/,
  }
}

/** Some saves take the place of whatever is there. */
function withoutExpectation(
  isBlind: (expected: number | undefined, current: number | undefined) => boolean,
): KeyringDefect {
  return {
    records: (good, { rows }) => ({
      write: (name, record, expected) => {
        const current = rows.get(name)?.version
        return good.write(name, record, isBlind(expected, current) ? current : expected)
      },
    }),
  }
}

type Write = (name: string, record: KeyringRecord, expected: number | undefined) => Promise<boolean>

function inTwoSteps(data: KeyringData, write: Write, isDefective: (expected: number | undefined) => boolean): Write {
  return async (name, record, expected) => {
    if (!isDefective(expected)) return write(name, record, expected)
    const isExpected = reached(data).rows.get(name)?.version === expected
    await tick()
    if (!isExpected) return false
    data.rows.set(name, record)
    tell(data, name)
    return true
  }
}

/** One after the other. */
function queue(): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const next = last.then(work)
    last = next.catch(() => undefined)
    return next
  }
}

function withOneLock(write: Write): Write {
  let isLocked = false
  return async (...given) => {
    if (isLocked) return false
    isLocked = true
    await tick()
    isLocked = false
    return write(...given)
  }
}

function versionedByText(good: KeyringStore, { rows }: KeyringData): Partial<KeyringStore> {
  const versionOf = (text: string) => String(text.length)
  return {
    load: async (name) => {
      const stored = await good.load(name)
      return stored && { ...stored, version: versionOf(exportKeyring(stored.ring)) }
    },
    save: async (name, ring, expected) => {
      const row = rows.get(name)
      const isExpected = expected === (row && versionOf(row.text))
      await good.save(name, ring, isExpected && row ? String(row.version) : expected)
      return { version: versionOf(exportKeyring(ring)) }
    },
  }
}

function cached(good: KeyringStore): Partial<KeyringStore> {
  const known = new Map<string, ReturnType<KeyringStore['load']>>()
  return {
    load: (name) => {
      const pending = known.get(name) ?? good.load(name)
      known.set(name, pending)
      return pending
    },
    save: (name, ring, version) => {
      known.delete(name)
      return good.save(name, ring, version)
    },
  }
}

function cachedInOutage(good: KeyringStore, data: KeyringData): Partial<KeyringStore> {
  const known = new Map<string, Awaited<ReturnType<KeyringStore['load']>>>()
  return {
    load: async (name) => {
      if (!data.isDown) known.set(name, await good.load(name))
      return known.get(name) ?? good.load(name)
    },
    save: async (name, ring, version) => {
      const saved = await good.save(name, ring, version)
      known.set(name, { ring, version: saved.version })
      return saved
    },
  }
}

function stuckAfterConflict(good: KeyringStore): Partial<KeyringStore> {
  const stuck = new Map<string, unknown>()
  return {
    save: async (name, ring, version) => {
      if (stuck.has(name)) throw stuck.get(name)
      try {
        return await good.save(name, ring, version)
      } catch (error) {
        stuck.set(name, error)
        throw error
      }
    },
  }
}

/** Each third load gives what was there before the last save. */
function lagging(good: KeyringStore): Partial<KeyringStore> {
  const last = new Map<string, Awaited<ReturnType<KeyringStore['load']>>>()
  let loads = 0
  return {
    load: async (name) => {
      const before = last.get(name)
      const stored = await good.load(name)
      last.set(name, stored)
      loads += 1
      return (loads % 3 === 0 && before) || stored
    },
  }
}

function listingAsked(good: KeyringStore): Partial<KeyringStore> {
  const asked = new Set<string>()
  return {
    load: (name) => {
      asked.add(name)
      return good.load(name)
    },
    save: (name, ring, version) => {
      asked.add(name)
      return good.save(name, ring, version)
    },
    list: async () => [...new Set([...(await good.list()), ...asked])],
  }
}

function tellingOwn(good: KeyringStore): Partial<KeyringStore> {
  const watchers = new Set<() => void>()
  return {
    save: async (name, ring, version) => {
      const saved = await good.save(name, ring, version)
      for (const changed of watchers) changed()
      return saved
    },
    watch: (_name, changed) => {
      const watcher = () => changed()
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
  }
}

function brokenForGood(good: KeyringStore, data: KeyringData): Partial<KeyringStore> {
  let wasDown = false
  const ask = async <Result>(call: () => Promise<Result>): Promise<Result> => {
    wasDown ||= data.isDown
    if (wasDown) throw new CountersignError('store-failed', 'the connection is closed')
    return call()
  }
  return {
    load: (name) => ask(() => good.load(name)),
    save: (name, ring, version) => ask(() => good.save(name, ring, version)),
    list: () => ask(() => good.list()),
  }
}
