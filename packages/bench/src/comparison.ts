import { ratioText } from './report/numbers.js'
import type { Table } from './report/table.js'
import type { Samples } from './rounds.js'
import { copyId } from './sections/copies.js'
import { median, ratios } from './statistics.js'

/** By how much the newer may be slower before it is called so. */
const ALLOWED = 1.25

export interface Comparison {
  readonly id: string
  /** What the newer takes, in times of what the older takes: each time that both were measured. */
  readonly times: readonly number[]
  /** The best of them: noise makes either slower, and never both times quicker. */
  readonly best: number
  readonly isWorse: boolean
}

/** The same cases in two copies, measured several times. */
export function compareCopies(measured: readonly Samples[]): Comparison[] {
  const prefix = copyId('base', '')
  const ids = Object.keys(measured[0] ?? {}).filter((id) => id.startsWith(prefix))
  return ids.map((baseId) => {
    const id = baseId.slice(prefix.length)
    const times = measured.map((samples) => median(ratios(of(samples, copyId('head', id)), of(samples, baseId))))
    const best = Math.min(...times)
    return { id, times, best, isWorse: best > ALLOWED }
  })
}

function of(samples: Samples, id: string): number[] {
  const found = samples[id]
  if (!found) throw new Error(`no samples of ${id}`)
  return found
}

export function comparisonTable(comparisons: readonly Comparison[], names: { base: string; head: string }): Table {
  return {
    title: `${names.head} in times of ${names.base}`,
    notes: [`The best of ${comparisons[0]?.times.length ?? 0} counts; over ${ALLOWED} is worse.`],
    head: ['', ...(comparisons[0]?.times ?? []).map((_, time) => `run ${time + 1}`), 'best', ''],
    rows: comparisons.map(({ id, times, best, isWorse }) => [
      id,
      ...times.map(ratioText),
      ratioText(best),
      isWorse ? '**worse**' : '',
    ]),
  }
}
