import { describe, expect, it } from 'vitest'
import { GOALS, type Goal, judge } from '../src/goals.js'
import type { Results } from '../src/results.js'

const results = (ns: Record<string, number[]>, bytes = 1024): Results => ({
  date: '2026-11-28T00:00:00.000Z',
  machine: { cpu: 'a cpu', cores: 2, memoryGib: 24, os: 'an os', load: 0.25 },
  nodes: [{ version: '24.0.0', speed: { sizes: [{ bytes, samples: ns }], left: {} } }],
})

const goal = (part: string): Goal => {
  const found = GOALS.find(({ title }) => title.startsWith(part))
  if (!found) throw new Error(part)
  return found
}

const reference = { 'createHmac-sha1': [100, 100, 100], 'createHmac-sha256': [200, 200, 200] }

describe('goals', () => {
  it('are judged by the contender that is furthest from the bound, each beside its own hash', () => {
    const raw = goal('verify, raw-body scheme, one key, 1 KiB')
    const good = { ...reference, autify: [80, 85, 500], insider: [70, 70, 70], agilepoint: [150, 150, 150] }
    expect(judge(raw, results(good))).toMatchObject({ worst: { of: 'Autify', value: 0.85 }, holds: true })
    const bad = { ...good, agilepoint: [180, 180, 180] }
    expect(judge(raw, results(bad))).toMatchObject({
      worst: { of: 'AgilePoint, first slot', value: 0.9 },
      holds: false,
    })
  })

  it('of a server stand beside two hashes, and a function by hand, in a server', () => {
    const cpu = (...cpuMicroseconds: number[]) => ({ cpuMicroseconds, perSecond: [] })
    const http = { 'node read': cpu(80), 'node floor': cpu(84.21), 'node byHand': cpu(88.89), 'node verify': cpu(100) }
    const { worst, holds } = judge(goal('processor time'), { ...results({}), nodes: [{ version: '24.0.0', http }] })
    expect(holds).toBe(false)
    expect([worst?.value, worst?.floor, worst?.byHand].map((share = 0) => Math.round(share))).toEqual([20, 5, 10])
  })

  it('stand beside what nobody does without, of the same hash', () => {
    const raw = goal('verify, raw-body scheme, one key, 1 KiB')
    const ns = {
      ...reference,
      agilepoint: [150, 150, 150],
      'floor-sha1': [60, 60, 60],
      'floor-sha256': [100, 100, 100],
    }
    expect(judge(raw, results(ns)).worst).toMatchObject({ of: 'AgilePoint, first slot', floor: 0.5 })
    const peer = { ...ns, 'global-commerce': [190, 190, 190], '@slack/bolt': [400, 400, 400] }
    expect(judge(goal('@slack/bolt'), results(peer)).worst).toMatchObject({ floor: 4 })
    const alone = { 'agilepoint-by-hand': [140, 140, 140], 'global-commerce-by-hand': [160, 160, 160] }
    expect(judge(raw, results({ ...ns, ...alone })).worst).toMatchObject({ byHand: 0.7 })
    expect(judge(goal('@slack/bolt'), results({ ...peer, ...alone })).worst).toMatchObject({ byHand: 2.5 })
    const rings = { ...reference, 'global-commerce malformed': [40, 40, 40], promise: [10, 10, 10] }
    const nodes = [{ version: '24.0.0', rings }]
    expect(judge(goal('malformed header'), { ...results({}), nodes }).worst).toMatchObject({ value: 0.2, floor: 0.05 })
  })

  it('do not hold where they were not measured', () => {
    expect(judge(goal('verify, 16 KiB'), results({}))).toEqual({
      goal: goal('verify, 16 KiB'),
      worst: undefined,
      holds: false,
    })
  })

  it('set a peer beside the one of ours that has a timestamp where the peer has one', () => {
    const ns = { ...reference, agilepoint: [100], 'global-commerce': [200], twilio: [160], '@slack/bolt': [400] }
    const quickest = judge(goal('the quickest peer'), results(ns))
    expect(quickest).toMatchObject({ worst: { of: 'twilio', value: 1.6 }, holds: true })
    expect(judge(goal('@slack/bolt'), results(ns))).toMatchObject({ worst: { value: 2 }, holds: false })
  })

  it('want a peer to be slower, and not as quick', () => {
    const ns = (peer: number) => results({ agilepoint: [100], twilio: [peer] }, 200)
    expect(judge(goal('every peer, up to 16 KiB'), ns(100)).holds).toBe(false)
    expect(judge(goal('every peer, up to 16 KiB'), ns(101)).holds).toBe(true)
  })

  it('lets a peer be as quick as ours, and 5 % quicker, where only the hash counts', () => {
    const ns = (peer: number) => results({ agilepoint: [100], twilio: [peer] }, 8 * 1024 * 1024)
    expect(judge(goal('every peer, 256 KiB and more'), ns(95)).holds).toBe(true)
    expect(judge(goal('every peer, 256 KiB and more'), ns(94)).holds).toBe(false)
  })
})
