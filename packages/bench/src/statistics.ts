/** The middle of what was measured, and the quartiles beside it. */
export interface Summary {
  readonly median: number
  readonly lower: number
  readonly upper: number
}

/** Between two values where the share falls between them. */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new Error('no values')
  const sorted = [...values].sort((a, b) => a - b)
  const position = (sorted.length - 1) * share
  const below = sorted[Math.floor(position)] as number
  const above = sorted[Math.ceil(position)] as number
  return below + (above - below) * (position - Math.floor(position))
}

export const median = (values: readonly number[]) => quantile(values, 0.5)

export function summarise(values: readonly number[]): Summary {
  return { median: quantile(values, 0.5), lower: quantile(values, 0.25), upper: quantile(values, 0.75) }
}

/** Round by round: what slowed the machine in a round slowed both, and cancels out. */
export function ratios(values: readonly number[], references: readonly number[]): number[] {
  if (values.length !== references.length) throw new Error('of different rounds')
  return values.map((value, round) => value / (references[round] as number))
}
