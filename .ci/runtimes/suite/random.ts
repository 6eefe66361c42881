/** Chances that follow from a text alone: the same in every runtime, and none depends on those of another text. */
export interface Random {
  /** A whole number from 0, less than the limit. */
  below(limit: number): number
  between(least: number, most: number): number
  chance(probability: number): boolean
  pick<Item>(items: readonly Item[]): Item
  shuffled<Item>(items: readonly Item[]): Item[]
  bytes(length: number): Uint8Array
  text(length: number, alphabet: string): string
}

// Once: in an edge VM each look at a global is a call.
const { floor, imul } = Math

export function createRandom(seed: string): Random {
  const word = wordsOf(seed)
  const below = (limit: number) => floor((word() / 0x1_0000_0000) * limit)
  const pick = <Item>(items: readonly Item[]) => items[below(items.length)] as Item
  return {
    below,
    pick,
    between: (least, most) => least + below(most - least + 1),
    chance: (probability) => below(1_000_000) < probability * 1_000_000,
    shuffled: (items) =>
      items
        .map((item) => ({ item, at: word() }))
        .sort((one, other) => one.at - other.at)
        .map(({ item }) => item),
    bytes: (length) => Uint8Array.from({ length }, () => word() >>> 24),
    text(length, alphabet) {
      const characters = [...alphabet]
      return Array.from({ length }, () => pick(characters)).join('')
    },
  }
}

/** Mulberry32 over an FNV-1a hash of the seed: whole numbers of 32 bits, and no arithmetic that could round. */
function wordsOf(seed: string): () => number {
  let state = 0x811c_9dc5
  for (const character of seed) state = imul(state ^ (character.codePointAt(0) ?? 0), 0x0100_0193)
  return () => {
    state = (state + 0x6d2b_79f5) | 0
    let word = imul(state ^ (state >>> 15), 1 | state)
    word = (word + imul(word ^ (word >>> 7), 61 | word)) ^ word
    return (word ^ (word >>> 14)) >>> 0
  }
}
