import { describe, expect, it } from 'vitest'
import { sharesOf } from '../src/sections/profile.js'

describe('a profile', () => {
  it('gives each function the time that it spends itself, and no folder of the machine', () => {
    const frame = (functionName: string, url = '') => ({ functionName, url })
    const nodes = [
      { id: 1, callFrame: frame('hash', 'node:internal/crypto/hash') },
      { id: 2, callFrame: frame('match', 'file:///home/me/packages/core/dist/index.js') },
      { id: 3, callFrame: frame('(garbage collector)') },
      { id: 4, callFrame: frame('', 'file:///home/me/packages/bench/dist/child.js') },
    ]
    const samples = [1, 2, 1, 3, ...new Array(4).fill(4)]
    expect(sharesOf({ nodes, samples, timeDeltas: [500, 300, 100, 95, 2, 1, 1, 1] })).toEqual([
      { where: 'hash, node:internal/crypto/hash', share: 0.6 },
      { where: 'match, core', share: 0.3 },
      { where: '(garbage collector)', share: 0.095 },
      { where: 'all others', share: expect.closeTo(0.005) },
    ])
  })
})
