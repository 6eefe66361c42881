import type { ClaimResult } from '../sections/stores.js'
import { ratioText } from './numbers.js'
import type { Table } from './table.js'

export function storeTable(results: readonly ClaimResult[]): Table {
  return {
    title: 'A claim beside the plainest command of the same client',
    head: ['', 'at a time', 'claims/s', 'p50 ms', 'p99 ms', 'plain/s', 'p50 ms', 'p99 ms', 'rate x', 'p99 x'],
    rows: results.map(({ title, concurrency, claim, raw }) => [
      title,
      String(concurrency),
      ...[claim, raw].flatMap(({ perSecond, p50, p99 }) => [
        Math.round(perSecond).toString(),
        p50.toFixed(2),
        p99.toFixed(2),
      ]),
      ratioText(claim.perSecond / raw.perSecond),
      ratioText(claim.p99 / raw.p99),
    ]),
  }
}
