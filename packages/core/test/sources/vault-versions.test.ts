import { describe, expect, it } from 'vitest'
import { versionsOf } from '../../src/sources/vault-versions.js'

const at = (day: number) => Date.UTC(2026, 0, day)
const text = (day: number) => new Date(at(day)).toISOString()

function version(day: number, more: object = {}) {
  return { created_time: text(day), deletion_time: '', destroyed: false, ...more }
}

describe('versionsOf', () => {
  it('takes none above the current one, which was not there when that was told', () => {
    const metadata = { current_version: 2, versions: { 1: version(1), 2: version(2), 3: version(3) } }
    expect(versionsOf(metadata, at(9))).toEqual([
      { number: 2, created: at(2), replaced: undefined },
      { number: 1, created: at(1), replaced: at(2) },
    ])
  })

  it.each([
    ['until then', at(4) - 1, [2, 1]],
    ['and not at that very moment', at(4), [2]],
  ])('takes one that is deleted at a moment %s', (_, now, numbers) => {
    const versions = { 1: version(1, { deletion_time: text(4) }), 2: version(2) }
    expect(versionsOf({ current_version: 2, versions }, now).map(({ number }) => number)).toEqual(numbers)
  })
})
