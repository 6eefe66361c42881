import { createHash } from 'node:crypto'
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/** A stream of choices that a seed repeats. It schedules the drill; secrets never come from it. */
export interface Random {
  /** A whole number, both ends included. */
  int(from: number, to: number): number
  chance(probability: number): boolean
  pick<Item>(items: readonly [Item, ...Item[]]): Item
}

const FINE = 1_000_000

/** The stream of a seed: any text. */
export function createRandom(seed: string): Random {
  const generator = xoroshiro128plus(createHash('sha256').update(seed).digest().readInt32LE())
  const int = (from: number, to: number) => uniformInt(generator, from, to)
  return {
    int,
    chance: (probability) => int(0, FINE - 1) < probability * FINE,
    pick: <Item>(items: readonly [Item, ...Item[]]) => items[int(0, items.length - 1)] as Item,
  }
}
