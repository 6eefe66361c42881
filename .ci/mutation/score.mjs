import { dirname, relative } from 'node:path'

/** The ends of a mutant, as columns of the table. What is evaluated while loading does not count: see `ignoreStatic`. */
const COLUMNS = {
  Killed: 'killed',
  Timeout: 'timeout',
  Survived: 'survived',
  NoCoverage: 'no coverage',
  Ignored: 'at load',
}

/** How many mutants of each folder met which end, by the folder's name. `top` is the folder that holds all. */
export function countsByFolder(report, top) {
  const counts = new Map()
  for (const [file, { mutants }] of Object.entries(report.files).sort()) {
    const folder = relative(top, dirname(file)) || '.'
    const row = counts.get(folder) ?? Object.fromEntries(Object.keys(COLUMNS).map((status) => [status, 0]))
    for (const { status } of mutants) if (status in row) row[status] += 1
    counts.set(folder, row)
  }
  return counts
}

/** In per cent: of those that were tested or should have been, how many were noticed. */
export function scoreOf(counts) {
  const { Killed, Timeout, Survived, NoCoverage } = sum(counts)
  return (100 * (Killed + Timeout)) / Math.max(1, Killed + Timeout + Survived + NoCoverage)
}

export function table(counts) {
  const rows = [...counts].map(([folder, row]) => [folder, ...cells(new Map([[folder, row]]))])
  const lines = [['folder', ...Object.values(COLUMNS), 'score'], ...rows, ['all', ...cells(counts)]]
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)))
  const aligned = (cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))
  return lines.map((line) => line.map(aligned).join('  ')).join('\n')
}

function cells(counts) {
  return [...Object.values(sum(counts)).map(String), scoreOf(counts).toFixed(2)]
}

function sum(counts) {
  const rows = [...counts.values()]
  return Object.fromEntries(
    Object.keys(COLUMNS).map((status) => [status, rows.reduce((all, row) => all + row[status], 0)]),
  )
}
