import { stripVTControlCharacters } from 'node:util'
import CliTable from 'cli-table3'
import { NO_LINES } from '../picture/plain-table.js'
import type { Colors } from '../terminal.js'
import type { CaseResult } from './run-case.js'
import type { Tally } from './tally.js'

/** One thing that is counted: a column where there is room, else a row. */
interface Measure {
  /** As the head of a column: its group, and beneath that one word a line. */
  readonly group: string
  readonly name: readonly string[]
  /** As the head of a row. */
  readonly label: string
  readonly of: (tally: Tally) => number
  readonly paint: (text: string, count: number) => string
}

/** The counts of each vendor: vendors as rows where that fits into the width, else as columns. */
export function reportTable(results: readonly CaseResult[], width: number, colors: Colors): string {
  const measures = measuresOf(results, colors)
  const wide = vendorsAsRows(results, measures)
  return widthOf(wide) <= width ? wide : vendorsAsColumns(results, measures)
}

function measuresOf(results: readonly CaseResult[], colors: Colors): readonly Measure[] {
  const plain = (text: string, count: number) => (count === 0 ? colors.dim(text) : text)
  const lost = (text: string, count: number) => (count === 0 ? colors.dim(text) : colors.yellow(text))
  const wrong = (text: string, count: number) => (count === 0 ? colors.green(text) : colors.red(colors.bold(text)))
  const reasons = [...new Set(results.flatMap(({ tally }) => Object.keys(tally.refused)))]
  const states = ['staged', 'active', 'retiring'] as const
  const ofWrong = (name: string, of: Measure['of']): Measure => {
    return { group: 'wrongly', name: [name], label: `wrongly ${name}`, of, paint: wrong }
  }
  return [
    { group: '', name: ['sent'], label: 'sent', of: (tally) => tally.sent, paint: plain },
    ...states.map((state): Measure => {
      const label = `accepted by ${state} key`
      return { group: 'accepted by key', name: [state], label, of: (tally) => tally.accepted[state], paint: plain }
    }),
    ...reasons.map((reason): Measure => {
      const name = shortReason(reason)
      const of = (tally: Tally) => tally.refused[reason] ?? 0
      return { group: 'refused', name: name.split(' '), label: `refused: ${name}`, of, paint: plain }
    }),
    { group: '', name: ['lost'], label: 'lost', of: (tally) => tally.lost, paint: lost },
    ofWrong('accepted', (tally) => tally.wronglyAccepted),
    ofWrong('refused', (tally) => tally.wronglyRefused),
    ofWrong('named', (tally) => tally.wronglyNamed),
    ofWrong('handled', (tally) => tally.wronglyHandled),
  ]
}

function shortReason(reason: string): string {
  return reason === 'no-matching-key' ? 'no match' : reason.replaceAll('-', ' ')
}

function cellOf({ of, paint }: Measure, { tally }: CaseResult): string {
  const count = of(tally)
  return paint(count.toLocaleString('en-US'), count)
}

/** The gap before a column: wider where a group begins. */
function gapBefore(measures: readonly Measure[], index: number): string {
  const [one, other] = [measures[index - 1]?.group, measures[index]?.group]
  return one !== other || one === '' ? '  ' : ' '
}

function vendorsAsRows(results: readonly CaseResult[], measures: readonly Measure[]): string {
  const table = emptyTable(measures.length)
  table.push(groupRow(measures))
  const height = Math.max(...measures.map(({ name }) => name.length))
  const headings = measures.map(({ name }, index) => {
    const lines = [...Array<string>(height - name.length).fill(''), ...name]
    return lines.map((word) => gapBefore(measures, index) + word).join('\n')
  })
  table.push(['', ...headings])
  for (const result of results) {
    const cells = measures.map((measure, index) => gapBefore(measures, index) + cellOf(measure, result))
    table.push([result.drillCase.name, ...cells])
  }
  return withRule(table.toString(), 1 + height)
}

/** Each group's name over its columns. */
function groupRow(measures: readonly Measure[]): CliTable.HorizontalTableRow {
  const cells: CliTable.CellOptions[] = [{ content: '' }]
  const spans: { group: string; span: number }[] = []
  for (const { group } of measures) {
    const last = spans.at(-1)
    if (group !== '' && last?.group === group) last.span += 1
    else spans.push({ group, span: 1 })
  }
  for (const { group, span } of spans) cells.push({ content: group, colSpan: span, hAlign: 'center' })
  return cells
}

function vendorsAsColumns(results: readonly CaseResult[], measures: readonly Measure[]): string {
  const table = emptyTable(results.length)
  table.push([
    '',
    ...results.map(({ drillCase }) =>
      drillCase.name
        .split(' ')
        .map((word) => `  ${word}`)
        .join('\n'),
    ),
  ])
  for (const measure of measures) {
    table.push([measure.label, ...results.map((result) => `  ${cellOf(measure, result)}`)])
  }
  return withRule(table.toString(), Math.max(...results.map(({ drillCase }) => drillCase.name.split(' ').length)))
}

/** No lines: the columns stand by themselves, and take less room. */
function emptyTable(numbers: number): CliTable.Table {
  return new CliTable({
    chars: NO_LINES,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
    colAligns: ['left', ...Array.from({ length: numbers }, () => 'right' as const)],
  })
}

function withRule(text: string, after: number): string {
  const lines = text.split('\n').map((row) => row.trimEnd())
  return [...lines.slice(0, after), '─'.repeat(widthOf(text)), ...lines.slice(after)].join('\n')
}

/** The longest line, escape codes aside. */
function widthOf(text: string): number {
  return Math.max(...text.split('\n').map((row) => stripVTControlCharacters(row).length))
}
