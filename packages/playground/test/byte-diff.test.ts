import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ByteChange, byteDiff } from '../src/bytes/byte-diff.js'

const utf8 = (text: string) => new TextEncoder().encode(text)
const diff = (arrived: string, signed: string) => byteDiff(utf8(arrived), utf8(signed))

describe('byteDiff', () => {
  it.each<[string, string, string, ByteChange[]]>([
    ['nothing', '{"a":1}', '{"a":1}', []],
    ['a changed byte', '{"a":2}', '{"a":1}', [{ mark: 'changed', arrived: span(5, 6), signed: span(5, 6) }]],
    ['an added line break', '{}\n', '{}', [{ mark: 'added', arrived: span(2, 3), signed: span(2, 2) }]],
    ['a lost line break', '{}', '{}\n', [{ mark: 'removed', arrived: span(2, 2), signed: span(2, 3) }]],
    [
      'blanks of a serialiser',
      '{"a": 1, "b": 2}',
      '{"a":1,"b":2}',
      [
        { mark: 'added', arrived: span(5, 6), signed: span(5, 5) },
        { mark: 'added', arrived: span(8, 9), signed: span(7, 7) },
        { mark: 'added', arrived: span(13, 14), signed: span(11, 11) },
      ],
    ],
  ])('finds %s', (_, arrived, signed, expected) => {
    expect(diff(arrived, signed)).toEqual(expected)
  })

  it('leads from what was signed to what arrived, whatever they are', () => {
    const bytes = fc.uint8Array({ max: 4, maxLength: 60 })
    fc.assert(
      fc.property(bytes, bytes, (arrived, signed) => {
        const changes = byteDiff(arrived, signed)
        expect(applied(signed, arrived, changes)).toEqual([...arrived])
        for (const { arrived: there, signed: here } of changes)
          expect(there.to - there.from + here.to - here.from).toBeGreaterThan(0)
      }),
    )
  })

  it('tells each blank of a long body that was indented anew', () => {
    const items = Array.from({ length: 400 }, (_, id) => ({ id, name: `item ${id}`, prices: [id, id * 2.5] }))
    const [arrived, signed] = [utf8(JSON.stringify({ items }, null, 2)), utf8(JSON.stringify({ items }))]
    const changes = byteDiff(arrived, signed)
    expect(applied(signed, arrived, changes)).toEqual([...arrived])
    expect(changes.slice(0, 3)).toEqual([
      { mark: 'added', arrived: span(1, 4), signed: span(1, 1) },
      { mark: 'added', arrived: span(12, 13), signed: span(9, 9) },
      { mark: 'added', arrived: span(14, 19), signed: span(10, 10) },
    ])
    const told = changes.slice(0, 1000)
    expect(told.map(({ mark }) => mark)).toEqual(told.map(() => 'added'))
  })

  it('leads from what was signed to what arrived, too, where both are long', () => {
    const long = fc.uint8Array({ max: 8, minLength: 1500, maxLength: 3000 })
    fc.assert(
      fc.property(long, long, (arrived, signed) => {
        expect(applied(signed, arrived, byteDiff(arrived, signed))).toEqual([...arrived])
      }),
      { numRuns: 4 },
    )
  })

  it('takes what has nothing in common for one change, and does not take long over it', () => {
    const arrived = new Uint8Array(100_000).fill(1)
    const signed = new Uint8Array(100_000).fill(2)
    expect(byteDiff(arrived, signed)).toEqual([
      { mark: 'changed', arrived: span(0, 100_000), signed: span(0, 100_000) },
    ])
  })
})

function span(from: number, to: number) {
  return { from, to }
}

/** What was signed, with each change made to it. */
function applied(signed: Uint8Array, arrived: Uint8Array, changes: readonly ByteChange[]): number[] {
  const result: number[] = []
  let at = 0
  for (const change of changes) {
    result.push(...signed.subarray(at, change.signed.from), ...arrived.subarray(change.arrived.from, change.arrived.to))
    at = change.signed.to
  }
  return [...result, ...signed.subarray(at)]
}
