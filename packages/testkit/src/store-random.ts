/** Gives whole numbers from 0 up to and without `below`; the same ones for the same seed, on every runtime. */
export type Random = (below: number) => number

/** Mulberry32: 32 bits of state, good enough to choose steps. */
export function randomFrom(seed: number): Random {
  let state = seed | 0
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

export function oneOf<const Value>(random: Random, values: readonly [Value, ...Value[]]): Value {
  return values[random(values.length)] as Value
}
