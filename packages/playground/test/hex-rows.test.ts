import { describe, expect, it } from 'vitest'
import { hexRows, type MarkedSpan, rowCount } from '../src/bytes/hex-rows.js'

const utf8 = (text: string) => new TextEncoder().encode(text)
const hexOf = (rows: ReturnType<typeof hexRows>) =>
  rows.map(({ halves }) => halves.map((half) => half.map(({ hex }) => hex).join('|')).join('  '))

describe('hexRows', () => {
  it('has sixteen bytes a row, in two halves, in hex and as text', () => {
    const rows = hexRows(utf8('{"id":"evt_7f3a9c"}'), 0, 10)
    expect(rows.map(({ offset }) => offset)).toEqual(['0000', '0010'])
    expect(hexOf(rows)).toEqual(['7b 22 69 64 22 3a 22 65  76 74 5f 37 66 33 61 39', '63 22 7d'])
    expect(rows.map(({ halves }) => halves.map((half) => half[0]?.text))).toEqual([['{"id":"e', 'vt_7f3a9'], ['c"}']])
  })

  it('shows line ends and tabs as signs, and what is no printable ASCII as a dot', () => {
    const [row] = hexRows(new Uint8Array([13, 10, 9, 0, 0x7f, 0xc3, 0xa9, 0x20]), 0, 1)
    expect(row?.halves[0]?.[0]?.text).toBe('←↵→···· ')
  })

  it.each([
    [0, 0],
    [1, 1],
    [16, 1],
    [17, 2],
  ])('counts the rows of %i bytes: %i', (length, count) => {
    expect(rowCount(new Uint8Array(length))).toBe(count)
    expect(hexRows(new Uint8Array(length), 0, 100)).toHaveLength(count)
  })

  it('gives the rows that are asked for, and no more', () => {
    const rows = hexRows(new Uint8Array(1000), 2, 3)
    expect(rows.map(({ offset }) => offset)).toEqual(['0020', '0030', '0040'])
  })

  it.each<[string, MarkedSpan, string[]]>([
    ['in a half', { mark: 'changed', from: 2, to: 4 }, ['00 01|02 03|04 05 06 07  08 09 0a 0b 0c 0d 0e 0f', '10 11']],
    ['over both', { mark: 'added', from: 7, to: 9 }, ['00 01 02 03 04 05 06|07  08|09 0a 0b 0c 0d 0e 0f', '10 11']],
    [
      'over two rows',
      { mark: 'added', from: 15, to: 17 },
      ['00 01 02 03 04 05 06 07  08 09 0a 0b 0c 0d 0e|0f', '10|11'],
    ],
    [
      'without bytes',
      { mark: 'added', from: 3, to: 3 },
      ['00 01 02||03 04 05 06 07  08 09 0a 0b 0c 0d 0e 0f', '10 11'],
    ],
    [
      'behind the last byte',
      { mark: 'added', from: 18, to: 18 },
      ['00 01 02 03 04 05 06 07  08 09 0a 0b 0c 0d 0e 0f', '10 11|'],
    ],
    [
      'before a half',
      { mark: 'added', from: 8, to: 8 },
      ['00 01 02 03 04 05 06 07  |08 09 0a 0b 0c 0d 0e 0f', '10 11'],
    ],
  ])('sets what is marked apart: %s', (_, marked, expected) => {
    const bytes = Uint8Array.from({ length: 18 }, (_, index) => index)
    const rows = hexRows(bytes, 0, 10, [marked])
    expect(hexOf(rows)).toEqual(expected)
    const marks = rows.flatMap(({ halves }) => halves.flat()).filter(({ mark }) => mark === marked.mark)
    const length = marks.flatMap(({ hex }) => hex.split(' ').filter((byte) => byte !== '')).length
    expect(length).toBe(marked.to - marked.from)
  })

  it('marks the place behind the last byte of a whole row', () => {
    const [row] = hexRows(new Uint8Array(16), 0, 1, [{ mark: 'removed', from: 16, to: 16 }])
    expect(row?.halves[1]?.at(-1)).toEqual({ hex: '', text: '', mark: 'removed' })
  })
})
