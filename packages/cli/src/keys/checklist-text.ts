import type { Colors } from '../terminal.js'
import { wrapped } from '../wrapped.js'
import type { Checklist } from './checklist.js'
import type { Step } from './checklist-step.js'

const MARKS: Readonly<Record<Step['state'], string>> = { done: '✔', now: '→', later: '○', unknown: '?' }
/** As wide as a mark and the longest name. */
const INDENT = ' '.repeat('? monitor  '.length)

/** The checklist for people: a mark, a name, what is to be done, and the commands to copy. */
export function checklistText({ fresh, old, steps }: Checklist, title: string, width: number, colors: Colors): string {
  const turn = fresh === undefined ? 'no rotation is under way' : replacing(fresh, old)
  return [colors.bold(`${title}: ${turn}`), ...steps.flatMap((step) => ['', ...stepLines(step, width, colors)])].join(
    '\n',
  )
}

function replacing(fresh: string, old: readonly string[]): string {
  return old.length === 0 ? `${fresh} is new` : `${fresh} replaces ${old.join(', ')}`
}

function stepLines({ name, state, says, commands }: Step, width: number, colors: Colors): readonly string[] {
  const paint = { done: colors.green, now: colors.bold, later: colors.dim, unknown: colors.yellow }[state]
  const text = says.flatMap((sentence) => wrapped(sentence, INDENT, width))
  return [
    paint(`${MARKS[state]} ${name}`.padEnd(INDENT.length)) + (text[0] ?? '').trimStart(),
    ...text.slice(1),
    // Never broken: they are to be copied.
    ...commands.flatMap((command) => command.split('\n').map((line) => colors.cyan(`${INDENT}  ${line}`))),
  ]
}
