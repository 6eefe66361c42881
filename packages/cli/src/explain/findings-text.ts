import type { Finding, PipelineTrace } from '@countersign/core/explain'
import { printable } from '../printable.js'
import type { Colors } from '../terminal.js'
import { wrapped } from '../wrapped.js'
import { differenceText } from './difference-text.js'

const INDENT = '   '
const LONGEST = 2000

/** What would have to be otherwise, the most likely first; empty where there is nothing. */
export function findingsText(
  findings: readonly Finding[],
  trace: PipelineTrace,
  width: number,
  colors: Colors,
): string {
  return findings.map((finding, index) => findingText(finding, index + 1, trace, width, colors)).join('\n\n')
}

function findingText(finding: Finding, rank: number, trace: PipelineTrace, width: number, colors: Colors): string {
  const { code, summary, fix, certain, together = [], signedContent } = finding
  const { bold, dim, green, cyan } = colors
  const mark = certain ? green('certain') : dim('perhaps')
  const others = together.length > 0 ? `Together with: ${together.join(', ')}.` : ''
  const difference =
    signedContent !== undefined && trace.signedContent !== undefined
      ? differenceText(trace.signedContent(), signedContent(), colors)
      : []
  return [
    `${rank}. ${bold(code)} (${mark})`,
    ...wrapped(printable(summary, LONGEST), INDENT, width),
    ...wrapped(printable(fix, LONGEST), `${INDENT}→ `, width).map((line) => line.replace('→', cyan('→'))),
    ...wrapped(others, INDENT, width),
    ...difference.map((line) => INDENT + line),
  ].join('\n')
}
