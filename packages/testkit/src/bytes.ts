const encoder = new TextEncoder()

/** A text's UTF-8 bytes. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text)
}

/** Pieces end to end; text counts as its UTF-8 bytes. */
export function concat(...parts: readonly (string | Uint8Array)[]): Uint8Array {
  const chunks = parts.map((part) => (typeof part === 'string' ? utf8(part) : part))
  const whole = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0))
  let end = 0
  for (const chunk of chunks) {
    whole.set(chunk, end)
    end += chunk.length
  }
  return whole
}

/** Whether two byte sequences are equal. Not in constant time: nothing here is secret from who runs it. */
export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index])
}

/** Whether the whole holds the part in one piece. */
export function includesBytes(whole: Uint8Array, part: Uint8Array): boolean {
  return whole.some((_, at) => sameBytes(whole.subarray(at, at + part.length), part)) || part.length === 0
}

/** A copy with one bit (0 to 7) of one byte turned over. */
export function flipBit(bytes: Uint8Array, index: number, bit: number): Uint8Array {
  return bytes.map((byte, at) => (at === index ? byte ^ (1 << bit) : byte))
}

/** A copy in which every byte differs. */
export function invert(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => byte ^ 0xff)
}

/** First, middle and last place of so many, each named; fewer where they coincide. */
function places(length: number): readonly { name: string; index: number }[] {
  if (length === 0) return []
  if (length === 1) return [{ name: 'only', index: 0 }]
  const ends = [{ name: 'first', index: 0 }]
  if (length > 2) ends.push({ name: 'middle', index: length >> 1 })
  return [...ends, { name: 'last', index: length - 1 }]
}

/** Each bit of the first, the middle and the last byte. */
export function bitFlips(length: number): readonly { name: string; index: number; bit: number }[] {
  return places(length).flatMap(({ name, index }) =>
    Array.from({ length: 8 }, (_, bit) => ({ name: `bit ${bit} of the ${name} byte`, index, bit })),
  )
}
