/** A table of Markdown, which is legible on a terminal as well. */
export interface Table {
  readonly title: string
  /** What a reader has to know of it. */
  readonly notes?: readonly string[]
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** The first column is text, the others are figures. */
export function renderTable({ title, notes = [], head, rows }: Table): string {
  const widths = head.map((name, column) => Math.max(3, ...[name, ...rows.map((row) => row[column] ?? '')].map(width)))
  const line = (cells: readonly string[]) =>
    `| ${widths.map((wide, column) => padded(cells[column] ?? '', wide, column > 0)).join(' | ')} |`
  const rule = widths.map((wide, column) => (column > 0 ? `${'-'.repeat(wide - 1)}:` : '-'.repeat(wide)))
  const lines = [line(head), `| ${rule.join(' | ')} |`, ...rows.map(line)]
  return [`## ${title}`, ...notes, lines.join('\n')].join('\n\n')
}

const width = (text: string) => [...text].length

const padded = (text: string, wide: number, right: boolean) => {
  const space = ' '.repeat(Math.max(0, wide - width(text)))
  return right ? space + text : text + space
}
