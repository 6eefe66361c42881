import { describe, expect, it } from 'vitest'
import { cpuAdded, importTime, timesOurs, timesReference } from '../src/figures.js'

describe('figures', () => {
  it('are of the same hash, in the same rounds', () => {
    const samples = { 'createHmac-sha1': [10, 100], 'createHmac-sha256': [1, 1], autify: [5, 50] }
    expect(timesReference(samples, 'autify', 'sha1')?.median).toBe(0.5)
    expect(timesReference(samples, 'insider', 'sha1')).toBeUndefined()
  })

  it('set a peer beside ours', () => {
    const samples = { agilepoint: [2], 'global-commerce': [4], peer: [8] }
    expect(timesOurs(samples, { id: 'peer', isStamped: false } as never)?.median).toBe(4)
    expect(timesOurs(samples, { id: 'peer', isStamped: true } as never)?.median).toBe(2)
  })

  it('take the empty script off an import', () => {
    const samples = { 'empty esm': [40e6, 50e6, 60e6], 'autify esm': [45e6, 56e6, 65e6] }
    expect(importTime({ samples, left: {} }, 'autify', 'esm')?.median).toBe(5)
    expect(importTime({ samples, left: {} }, 'autify', 'cjs')).toBeUndefined()
  })

  it('tell what verification adds as a share of the whole', () => {
    const cpu = (...cpuMicroseconds: number[]) => ({ cpuMicroseconds, perSecond: [] })
    const http = { 'node read': cpu(80, 90, 30), 'node verify': cpu(100, 100, 100) }
    expect(cpuAdded(http, 'node', 'verify')?.median).toBeCloseTo(20)
  })
})
