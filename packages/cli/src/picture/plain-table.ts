import CliTable from 'cli-table3'

const SIDES = ['top', 'bottom', 'left', 'right', 'mid']

/** For `chars` of a table: the columns stand by themselves, and take less room. */
export const NO_LINES: Readonly<Record<string, string>> = Object.fromEntries(
  [...SIDES.flatMap((side) => [side, `${side}-left`, `${side}-mid`, `${side}-right`]), 'middle'].map((name) => [
    name,
    '',
  ]),
)

/** Rows under each other, their cells of one or several lines, two spaces apart. */
export function plainTable(rows: readonly (readonly string[])[]): string {
  const table = new CliTable({
    chars: NO_LINES,
    style: { 'padding-left': 0, 'padding-right': 2, head: [], border: [], compact: true },
  })
  for (const row of rows) table.push([...row])
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}
