import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Effect, noteEffect, readEffects } from '../src/fleet/effects-log.js'
import type { InstanceLife } from '../src/fleet/instances.js'
import { propagationOf } from '../src/fleet/propagation.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-effects-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

/** What is seen of one event, to which this happened. */
function seenOf(...effects: readonly Effect[]) {
  const path = join(folder, 'effects')
  for (const effect of effects) noteEffect(path, effect, 'event-1')
  const { afterCompletion, again, handled, answered, begun } = readEffects(path)
  return { after: afterCompletion.length, again, handled: handled.size, answered: answered.size, begun: begun.size }
}

describe('of an event', () => {
  it.each<[string, readonly Effect[], Partial<ReturnType<typeof seenOf>>]>([
    ['handled once', ['begin', 'end', 'done', 'answered'], { after: 0, again: 0, handled: 1, answered: 1 }],
    ['answered, and never handled', ['answered'], { handled: 0, answered: 1 }],
    ['of which the handler did not end', ['begin', 'answered'], { begun: 1, handled: 0, answered: 1 }],
    ['begun again after a kill', ['begin', 'begin', 'end', 'done', 'answered'], { after: 0, again: 1, handled: 1 }],
    ['that ended, unrecorded, and ran again', ['begin', 'end', 'begin', 'end', 'done'], { after: 0, again: 1 }],
    ['begun again after its completion', ['begin', 'end', 'done', 'begin'], { after: 1 }],
    ['begun again after its answer', ['begin', 'end', 'answered', 'begin', 'begin'], { after: 2 }],
  ])('%s', (_, effects, expected) => {
    expect(seenOf(...effects)).toMatchObject(expected)
  })
})

describe('the time to the last instance', () => {
  const life = (since: number, until: number, firstUse: Record<string, number>): InstanceLife => ({
    port: 1,
    since,
    until,
    firstUse: new Map(Object.entries(firstUse)),
  })
  const ENDLESS = Number.POSITIVE_INFINITY
  const rotations = [
    { key: 'a', savedAt: 100 },
    { key: 'b', savedAt: 200 },
    { key: 'c', savedAt: 300 },
  ]

  it('is that of the slowest that was there', () => {
    const lives = [life(0, ENDLESS, { a: 110, b: 201, c: 300 }), life(0, ENDLESS, { a: 105, b: 290, c: 302 })]
    expect(propagationOf(rotations, lives)).toEqual({ rotations: 3, medianMs: 10, worstMs: 90, missed: 0 })
  })

  it('leaves out who came later, and who was killed before', () => {
    const lives = [
      life(0, ENDLESS, { a: 101, b: 201, c: 301 }),
      life(0, 250, { a: 102 }),
      life(350, ENDLESS, { c: 900 }),
    ]
    expect(propagationOf(rotations, lives)).toMatchObject({ worstMs: 2, missed: 0 })
  })

  it('is missed by one that was there to the end and never used the key', () => {
    expect(propagationOf(rotations, [life(0, ENDLESS, { a: 101, c: 301 })])).toMatchObject({ missed: 1 })
  })

  it('is none where an instance was told before the operator had the answer', () => {
    expect(propagationOf(rotations.slice(0, 1), [life(0, ENDLESS, { a: 99 })])).toMatchObject({ worstMs: 0, missed: 0 })
  })
})
