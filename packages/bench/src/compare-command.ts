import { compareCopies, comparisonTable } from './comparison.js'
import { measureInChild } from './in-child.js'
import { renderTable } from './report/table.js'
import type { Samples } from './rounds.js'

const TIMES = 3

/** A checkout that is built, and what it is called. */
interface Checkout {
  readonly name: string
  readonly folder: string
}

/** @returns the exit code: 1 where the newer one is worse. */
export async function compare(base: Checkout, head: Checkout, node: string): Promise<number> {
  const copies = { base: base.folder, head: head.folder, times: TIMES }
  const comparisons = compareCopies(await measureInChild<Samples[]>(node, 'copies', copies))
  console.log(renderTable(comparisonTable(comparisons, { base: base.name, head: head.name })))
  const worse = comparisons.filter(({ isWorse }) => isWorse)
  console.log(
    worse.length === 0
      ? `\nno ratio of ${comparisons.length} is worse`
      : `\nworse: ${worse.map(({ id, best }) => `${id} (${best.toFixed(2)} times)`).join(', ')}`,
  )
  return worse.length > 0 ? 1 : 0
}
