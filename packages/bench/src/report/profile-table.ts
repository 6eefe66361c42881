import type { NodeResults } from '../results.js'
import { nanosecondsText } from './numbers.js'
import type { Table } from './table.js'

export function profileTables({ version, profiles = [] }: NodeResults): Table[] {
  return profiles.map(({ title, nanoseconds, shares }) => ({
    title: `Where the time goes, ${title}, 200 B: Node ${version}`,
    notes: [
      `${nanosecondsText(nanoseconds)} a call, by V8's profiler, which slows what is short. A native function counts for the one that calls it.`,
    ],
    head: ['function, where', 'of the time', 'a call'],
    rows: shares.map(({ where, share }) => [
      where,
      `${(100 * share).toFixed(1)} %`,
      nanosecondsText(nanoseconds * share),
    ]),
  }))
}
