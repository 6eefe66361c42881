import fc from 'fast-check'
import picocolors from 'picocolors'
import { describe, expect, it } from 'vitest'
import { differenceOf } from '../src/explain/byte-difference.js'
import { differenceText } from '../src/explain/difference-text.js'

const plain = picocolors.createColors(false)
const bytes = (text: string) => new TextEncoder().encode(text)

it.each([
  ['{"a": 1}', '{"a":1}', ['{"a": 1}', '{"a":1}'], 5],
  ['same, then more', 'same', ['same, then more', 'same(ends here)'], 4],
  ['a line\r\n', 'a line\n', ['a line\\r\\n', 'a line\\n'], 6],
  [
    'x'.repeat(40),
    `${'x'.repeat(20)}y${'x'.repeat(19)}`,
    [`…${'x'.repeat(32)}`, `…${'x'.repeat(12)}y${'x'.repeat(19)}`],
    20,
  ],
  ['é', 'è', ['é', 'è'], 1],
  ['\u202ea', '\u202eb', ['\\u{202e}a', '\\u{202e}b'], 3],
])('%j beside %j', (arrived, signed, [here, there], at) => {
  const [first, ...sides] = differenceText(bytes(arrived), bytes(signed), plain)
  expect(first).toBe(
    `At byte ${at}, what was hashed here (${bytes(arrived).length} bytes) and what was signed (${bytes(signed).length}) part:`,
  )
  expect(sides).toEqual([`  here    ${here}`, `  signed  ${there}`])
})

it('shows bytes that are no text as hex', () => {
  const [, here, signed] = differenceText(Uint8Array.of(1, 2, 0xff), bytes('\u0001\u0002abc'), plain)
  expect([here, signed]).toEqual(['  here    01 02 ff', '  signed  01 02 61 62 63'])
})

it('says nothing where there is no difference', () => {
  expect(differenceText(bytes('a'), bytes('a'), plain)).toEqual([])
})

describe('of any bytes', () => {
  it('names the first that differs, in lines that fit, with nothing that steers a terminal', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 90 }), fc.uint8Array({ maxLength: 90 }), (arrived, signed) => {
        const at = differenceOf(arrived, signed)?.at
        if (at === undefined) expect(arrived).toEqual(signed)
        else expect(arrived.subarray(0, at)).toEqual(signed.subarray(0, at))
        if (at !== undefined) expect(arrived[at]).not.toBe(signed[at])
        for (const line of differenceText(arrived, signed, plain).slice(1)) {
          expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u)
          expect(line.length).toBeLessThan(12 + 34 * 8)
        }
      }),
    )
  })
})
