import { describe, expect, it } from 'vitest'
import { memoryKeyUses } from '../src/index.js'

describe('memoryKeyUses', () => {
  it('has the latest use of each key, in the order of their ids', async () => {
    const uses = memoryKeyUses()
    expect(await uses.read('ring')).toEqual([])
    await uses.record('ring', [
      { keyId: 'b', lastUsed: 2 },
      { keyId: 'c', lastUsed: 0 },
      { keyId: 'a', lastUsed: 5 },
    ])
    await uses.record('ring', [
      { keyId: 'a', lastUsed: 4 },
      { keyId: 'b', lastUsed: 3 },
    ])
    expect(await uses.read('ring')).toEqual([
      { keyId: 'a', lastUsed: 5 },
      { keyId: 'b', lastUsed: 3 },
      { keyId: 'c', lastUsed: 0 },
    ])
    expect(await uses.read('another')).toEqual([])
  })

  it.each([
    ['an empty id', { keyId: '', lastUsed: 1 }, 'keyId is not the id of a key'],
    ['an id that is too long', { keyId: 'x'.repeat(129), lastUsed: 1 }, 'keyId is not the id of a key'],
    ['an id with a line break', { keyId: 'a\n', lastUsed: 1 }, 'keyId is not the id of a key'],
    ['an id that is no text', { keyId: 7, lastUsed: 1 }, 'keyId is not the id of a key'],
    ['a moment before the epoch', { keyId: 'a', lastUsed: -1 }, 'lastUsed is -1, and not milliseconds since the epoch'],
    ['half a millisecond', { keyId: 'a', lastUsed: 0.5 }, 'lastUsed is 0.5, and not milliseconds since the epoch'],
    ['a text', { keyId: 'a', lastUsed: '7' }, 'lastUsed is 7, and not milliseconds since the epoch'],
  ])('refuses %s', async (_, use, met) => {
    const uses = memoryKeyUses()
    await expect(uses.record('ring', [use as never])).rejects.toMatchObject({
      code: 'option-invalid',
      message: expect.stringContaining(met),
    })
    expect(await uses.read('ring')).toEqual([])
  })

  it('refuses what is no name of a ring', async () => {
    await expect(memoryKeyUses().record('a b', [])).rejects.toMatchObject({ code: 'keyring-name-invalid' })
  })

  it('takes ids of up to 128 characters', async () => {
    const uses = memoryKeyUses()
    await uses.record('ring', [{ keyId: 'x'.repeat(128), lastUsed: 1 }])
    expect(await uses.read('ring')).toHaveLength(1)
  })
})
