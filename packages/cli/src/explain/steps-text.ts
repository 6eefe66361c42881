import type { PipelineTrace, Step } from '@countersign/core/explain'
import { printable } from '../printable.js'
import type { Colors } from '../terminal.js'
import { wrapped } from '../wrapped.js'

const MARKS: Readonly<Record<Step['outcome'], string>> = { passed: '✔', failed: '✘', 'not reached': '·' }
const NAME_WIDTH = 'freshness'.length
const LONGEST = 2000

/** The verification step by step, with what each saw. */
export function stepsText({ steps }: PipelineTrace, width: number, { bold, green, red, dim }: Colors): string {
  const colors = { passed: green, failed: red, 'not reached': dim }
  const lines = steps.flatMap(({ name, outcome, detail }) => {
    const [first = '', ...rest] = wrapped(printable(detail, LONGEST), ' '.repeat(NAME_WIDTH + 6), width)
    const head = `  ${colors[outcome](MARKS[outcome])} ${name.padEnd(NAME_WIDTH)}  `
    return [head + (first.trim() || dim(outcome)), ...rest]
  })
  return [bold('Step by step'), ...lines].join('\n')
}
