import type { NodeResults } from '../results.js'
import type { Table } from './table.js'

export function profileTables({ version, profiles = [] }: NodeResults): Table[] {
  return profiles.map(({ title, shares }) => ({
    title: `Where the time goes, ${title}, 200 B: Node ${version}`,
    notes: ["By V8's profiler, which slows what is short. A native function counts for the one that calls it."],
    head: ['function, where', 'of the time'],
    rows: shares.map(({ where, share }) => [where, `${(100 * share).toFixed(1)} %`]),
  }))
}
