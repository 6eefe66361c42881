import fc from 'fast-check'
import { expect, it } from 'vitest'
import { printable } from '../src/printable.js'
import { wrapped } from '../src/wrapped.js'

it('breaks between words, and lines up what follows', () => {
  expect(wrapped('one two three four', '→ ', 11)).toEqual(['→ one two', '  three', '  four'])
  expect(wrapped('', '  ', 10)).toEqual([])
})

it('leaves a word whole that is longer than a line', () => {
  expect(wrapped('see https://example.com/a/long/path now', ' ', 12)).toEqual([
    ' see',
    ' https://example.com/a/long/path',
    ' now',
  ])
})

it('loses no word, and no line is too long', () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 })
  fc.assert(
    fc.property(words, fc.integer({ min: 20, max: 60 }), (given, width) => {
      const lines = wrapped(given.join(' '), '   ', width)
      expect(
        lines
          .join(' ')
          .split(/ +/)
          .filter((word) => word !== ''),
      ).toEqual(given)
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(width)
    }),
  )
})

it('shows what could steer a terminal as what it is', () => {
  expect(printable('a\u001b[2Jb\r\n\tc\u0000\u202e\ud800')).toBe('a\\u{1b}[2Jb\\r\\n\\tc\\u{0}\\u{202e}\\u{d800}')
  expect(printable('x'.repeat(201))).toBe(`${'x'.repeat(200)}…`)
})
