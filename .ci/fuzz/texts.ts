import fc from 'fast-check'

/** A change of a text, as a sender would try it: a few characters put in, taken out, exchanged or written twice. */
export function anyEdit(characters: string): fc.Arbitrary<(text: string) => string> {
  const piece = fc.oneof(
    { weight: 3, arbitrary: fc.string({ unit: fc.constantFrom(...characters), maxLength: 4 }) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 3 }) },
  )
  const place = fc.double({ min: 0, max: 1, noNaN: true })
  return fc.oneof(
    fc.tuple(place, fc.nat(3), piece).map(
      ([at, taken, put]) =>
        (text: string) =>
          splice(text, at, taken, put),
    ),
    fc.tuple(place, place).map(
      ([from, to]) =>
        (text: string) =>
          text.slice(Math.round(from * text.length), Math.round(to * text.length)),
    ),
    piece.map((between) => (text: string) => text + between + text),
    fc.constantFrom(
      (text: string) => text,
      (text: string) => text.toUpperCase(),
      (text: string) => text.toLowerCase(),
      (text: string) => ` ${text}\t`,
      (text: string) => text.replaceAll('=', ''),
    ),
  )
}

function splice(text: string, at: number, taken: number, put: string): string {
  const start = Math.round(at * text.length)
  return text.slice(0, start) + put + text.slice(start + taken)
}

/** Texts made of the pieces that a grammar knows, and of anything between them. */
export function anyTextOf(pieces: readonly string[], maxLength = 12): fc.Arbitrary<string> {
  const piece = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...pieces) },
    { weight: 1, arbitrary: fc.string({ maxLength: 5 }) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 3 }) },
  )
  return fc.array(piece, { maxLength }).map((chosen) => chosen.join(''))
}
