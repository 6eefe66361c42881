import type { KeyUseRecord } from '@countersign/core'
import { expectUses, MOMENT, use } from './key-use-expect.js'
import { type KeyUseCase, keyUseCase } from './key-use-session.js'
import { expectCode } from './keyring-expect.js'

/** Each differs from another in what a collation, an object or an escape makes no difference of. */
const KEY_IDS: readonly string[] = [
  ...[
    'a',
    'A',
    'a ',
    'a  b',
    'a b',
    "a'b",
    'a"b',
    'a\\b',
    'a/b',
    'a:b',
    'a,b',
    '{a}',
    '[a]',
    '$1',
    '%61',
    '0',
    '00',
    '1e3',
  ],
  ...['__proto__', 'constructor', 'null', '-', '~', 'x'.repeat(127), 'x'.repeat(128)],
].filter((id) => id.trim() === id)

const RING_ENDS: readonly string[] = ['', 'a', 'A', 'a.', '.a', 'a/', '/a', '../a', 'a:b', 'a/b', 'a_b', 'a-b', 'a@b']

const NO_TIMES: readonly unknown[] = [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, '1', null, undefined]

export const keyUseCases: readonly KeyUseCase[] = [
  keyUseCase('read: none where nothing was recorded', async ({ store, other, ring }) => {
    const name = ring()
    await expectUses(store, name, [])
    await store.record(name, [])
    await expectUses(other, name, [])
  }),

  keyUseCase('record: the other client reads it, to the millisecond', async ({ store, other, ring }) => {
    const name = ring()
    await store.record(name, [use('a', 123), use('b', 456)])
    for (const client of [store, other]) await expectUses(client, name, [use('a', 123), use('b', 456)])
  }),

  keyUseCase('record: a later time takes the place of an earlier one', async ({ store, other, ring }) => {
    const name = ring()
    await store.record(name, [use('a', 1)])
    await other.record(name, [use('a', 2)])
    await expectUses(store, name, [use('a', 2)])
  }),

  keyUseCase('record: an earlier time changes nothing', async ({ store, other, ring }) => {
    const name = ring()
    await store.record(name, [use('a', 2)])
    for (const earlier of [1, -MOMENT]) {
      await other.record(name, [use('a', earlier)])
      await expectUses(store, name, [use('a', 2)])
    }
  }),

  keyUseCase('record: times are compared as numbers', async ({ store, other, ring }) => {
    const name = ring()
    await store.record(name, [{ keyId: 'a', lastUsed: 99 }])
    await other.record(name, [{ keyId: 'a', lastUsed: 100 }])
    await other.record(name, [{ keyId: 'a', lastUsed: 9 }])
    await expectUses(store, name, [{ keyId: 'a', lastUsed: 100 }])
  }),

  keyUseCase('record: other keys stay as they are', async ({ store, other, ring }) => {
    const name = ring()
    await store.record(name, [use('a', 1), use('b', 1)])
    await other.record(name, [use('b', 2), use('c', 2)])
    await expectUses(store, name, [use('a', 1), use('b', 2), use('c', 2)])
  }),

  keyUseCase('record: of a key that is given twice, the latest', async ({ store, other, ring }) => {
    const name = ring()
    await store.record(name, [use('a', 1), use('a', 3), use('b', 1), use('a', 2)])
    await expectUses(other, name, [use('a', 3), use('b', 1)])
  }),

  keyUseCase('record: the first and the last moment', async ({ store, other, ring }) => {
    const uses = [0, 1, 8.64e15, Number.MAX_SAFE_INTEGER].map((lastUsed, index) => ({ keyId: `k${index}`, lastUsed }))
    const name = ring()
    await store.record(name, uses)
    await expectUses(other, name, uses)
  }),

  keyUseCase('keys: similar ids do not collide', async ({ store, other, ring }) => {
    const name = ring()
    const uses = KEY_IDS.map((keyId, index) => use(keyId, index))
    await store.record(name, uses)
    await expectUses(other, name, uses)
    const later = KEY_IDS.map((keyId, index) => use(keyId, index + 1000))
    for (const one of later) await store.record(name, [one])
    await expectUses(other, name, later)
  }),

  keyUseCase('rings: similar names do not collide', async ({ store, other, ring }) => {
    const start = ring()
    for (const [index, end] of RING_ENDS.entries()) await store.record(start + end, [use('a', index)])
    for (const [index, end] of RING_ENDS.entries()) {
      await expectUses(other, start + end, [use('a', index)], `the use of the ring that ends in '${end}'`)
    }
  }),

  keyUseCase('rings: what is no name is refused, and nothing is recorded of it', async ({ store, other }) => {
    for (const name of ['', ' ', 'a b', 'ä', 'a\0', 'a\n', 'x'.repeat(81)]) {
      const shown = JSON.stringify(name.slice(0, 9))
      await expectCode(`record of ${shown}`, store.record(name, [use('a', 1)]), 'keyring-name-invalid')
      await expectUses(other, name, [])
    }
  }),

  keyUseCase('times: what is no time is refused, and nothing is recorded', async ({ store, other, ring }) => {
    const name = ring()
    for (const lastUsed of NO_TIMES) {
      const uses = [use('a', 1), { keyId: 'b', lastUsed } as KeyUseRecord]
      await expectCode(`record of ${String(lastUsed)}`, store.record(name, uses), 'option-invalid')
    }
    await expectUses(other, name, [])
  }),
]
