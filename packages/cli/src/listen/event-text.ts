import { printable } from '../printable.js'
import type { Colors } from '../terminal.js'
import { verdictJson } from '../verdict-report.js'
import { wrapped } from '../wrapped.js'
import type { ListenEvent } from './event.js'

const INDENT = ' '.repeat(10)
const LONGEST = 1000

/** One request as a person reads it. */
export function eventText(event: ListenEvent, width: number, colors: Colors): string {
  const { at, method, target, bodyBytes, status, verdict, findings, savedAs } = event
  const { green, red, dim } = colors
  const mark = verdict?.ok && status < 300 ? green(`✔ ${status}`) : red(`✘ ${status}`)
  const what = `${printable(method)} ${printable(target, 60)}  ${dim(`${bodyBytes} bytes`)}`
  return [
    `${dim(clockTime(at))}  ${mark}  ${what}`,
    ...outcomeOf(event).flatMap((line) => wrapped(line, INDENT, width)),
    ...findings.flatMap((finding, index) => findingLines(finding, index + 1, width, colors)),
    ...(savedAs === undefined ? [] : [`${INDENT}${dim(`saved as ${savedAs}`)}`]),
  ].join('\n')
}

/** Local, as the user's watch shows it. */
function clockTime(at: number): string {
  const date = new Date(at)
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':')
}

function outcomeOf({ verdict, problem }: ListenEvent): readonly string[] {
  const trouble = problem === undefined ? [] : [printable(problem, LONGEST)]
  if (verdict === undefined) return trouble
  if (!verdict.ok) return [`refused: ${verdict.reason}, ${printable(verdict.detail)}`, ...trouble]
  const assurance = verdict.assurance === 'shared-token' ? ', by token alone' : ''
  return [`accepted: ${verdict.keyId} (${verdict.keyState})${assurance}`, ...trouble]
}

function findingLines(
  { code, summary, fix, certain }: ListenEvent['findings'][number],
  rank: number,
  width: number,
  { bold, green, dim, cyan }: Colors,
): readonly string[] {
  const indent = `${INDENT}   `
  return [
    `${INDENT}${rank}. ${bold(code)} (${certain ? green('certain') : dim('perhaps')})`,
    ...wrapped(printable(summary, LONGEST), indent, width),
    ...wrapped(printable(fix, LONGEST), `${indent}→ `, width).map((line) => line.replace('→', cyan('→'))),
  ]
}

/** One request as a line for programs. */
export function eventJson({ verdict, findings, ...event }: ListenEvent): string {
  const shown = findings.map(({ code, summary, fix, keyId, certain }) => ({ code, summary, fix, keyId, certain }))
  return JSON.stringify({ ...event, verdict: verdict && verdictJson(verdict), findings: shown })
}
