import { legend, lifePicture } from '../picture/life-picture.js'
import type { Colors } from '../terminal.js'
import { AGILEPOINT_HEADERS } from './cases.js'
import type { DeliveryKind } from './delivery.js'
import type { DrillResult } from './drill.js'
import { DAY, HOUR, MINUTE, SECOND } from './durations.js'
import { reportTable } from './report-table.js'
import type { CaseResult } from './run-case.js'
import type { Fault } from './tally.js'

/** The report for people: what was shown, each ring's life, the counts, and one line that says how it went. */
export function report(result: DrillResult, width: number, colors: Colors): string {
  const all = allCases(result)
  return [
    colors.bold('countersign drill'),
    INTRODUCTION,
    '',
    colors.bold("The life of each receiver's keys"),
    legend(colors),
    ...all.flatMap((caseResult) => ['', ...section(caseResult, width, colors)]),
    '',
    colors.bold('How the deliveries were answered'),
    ...kindsSent(all),
    '',
    reportTable(all, width, colors),
    '',
    ...notes(result).map((note) => colors.dim(note)),
    ...faultLines(all, colors),
    '',
    closing(result, width, colors),
  ].join('\n')
}

const INTRODUCTION = `Vendors rotate their webhook keys again and again while they deliver, over HTTP
on loopback, signed as each vendor signs. Time is logical: days pass in seconds.
The receiver learns of each new key late, or stages it early. Forged, tampered,
replayed and other hostile deliveries go among the good ones.`

function allCases({ cases, forced }: DrillResult): readonly CaseResult[] {
  return forced === undefined ? cases : [...cases, forced]
}

function section(result: CaseResult, width: number, colors: Colors): readonly string[] {
  const { drillCase } = result
  return [`${colors.bold(drillCase.name)}: ${drillCase.story}`, ...lifePicture(result, width, colors)]
}

function kindsSent(all: readonly CaseResult[]): readonly string[] {
  const sum = (kind: DeliveryKind) =>
    all.reduce((total, { tally }) => total + tally.kinds[kind], 0).toLocaleString('en-US')
  const sentTwice = all.reduce((total, { tally }) => total + tally.sentTwice, 0)
  return [
    `${sum('good')} good ones; hostile: ${sum('forged')} forged, ${sum('tampered')} tampered, ${sum('replayed')} replayed,`,
    `${sum('expired-key')} signed with an expired key, ${sum('other-slot')} in the other slot's header.`,
    `${sentTwice.toLocaleString('en-US')} good ones came twice at the same time, to be handled once.`,
  ]
}

function notes({ cases, forced }: DrillResult): readonly string[] {
  const promoted = cases.map(({ promotions }) => promotions).filter(({ done, missed }) => done + missed > 0)
  const done = promoted.reduce((sum, promotions) => sum + promotions.done, 0)
  const asked = promoted.reduce((sum, promotions) => sum + promotions.done + promotions.missed, 0)
  return [
    'lost: good deliveries that no receiver could accept, since a key ended or began',
    '  without grace. wrongly named: decided right, by a wrong reason, key or state.',
    '  wrongly handled: accepted, and not handled exactly once.',
    ...(asked === 0 ? [] : [`The observer saw ${done} of ${asked} swaps; on its word the staged keys were promoted.`]),
    ...(forced === undefined ? [] : forcedNotes(forced)),
  ]
}

function forcedNotes({ drillCase, tally }: CaseResult): readonly string[] {
  const { primary, secondary } = AGILEPOINT_HEADERS
  return [
    `${drillCase.name}: the vendor warns of rotating both AgilePoint slots in one go;`,
    `  here it cost ${tally.lost} of ${tally.kinds.good} good deliveries.`,
    `AgilePoint publishes no header names; the drill's ${primary} and`,
    `  ${secondary} are stand-ins.`,
  ]
}

function faultLines(all: readonly CaseResult[], colors: Colors): readonly string[] {
  const lines = all.flatMap(({ drillCase, tally, from }) => {
    return tally.faults.flatMap((fault) => faultLinesOf(drillCase.name, fault, from))
  })
  return lines.length === 0 ? [] : ['', colors.red('The first wrong answers of each vendor:'), ...lines]
}

function faultLinesOf(name: string, { delivery, expected, got }: Fault, from: number): readonly string[] {
  const [signed, arrived] = [delivery.signedAt, delivery.arrivesAt].map((moment) => elapsed(moment - from))
  const when = signed === arrived ? `at ${signed}` : `signed ${signed}, arrived ${arrived}`
  return [`  ${name} #${delivery.number} (${delivery.kind}) ${when}`, `    expected: ${expected}; got: ${got}`]
}

/** Like `12 d 03:04:05.678`. */
function elapsed(ms: number): string {
  const two = (number: number) => String(Math.floor(number)).padStart(2, '0')
  const clock = `${two((ms % DAY) / HOUR)}:${two((ms % HOUR) / MINUTE)}:${two((ms % MINUTE) / SECOND)}`
  return `${Math.floor(ms / DAY)} d ${clock}.${String(ms % SECOND).padStart(3, '0')}`
}

function closing(result: DrillResult, width: number, colors: Colors): string {
  const all = allCases(result)
  const sum = (of: (caseResult: CaseResult) => number) => all.reduce((total, caseResult) => total + of(caseResult), 0)
  const sent = sum(({ tally }) => tally.sent).toLocaleString('en-US')
  const rotations = sum(({ rotatedAt }) => rotatedAt.length)
  const run = `(seed ${result.seed}, ${(result.durationMs / SECOND).toFixed(1)} s)`
  const verdict = result.ok ? 'nothing wrongly refused, accepted or handled' : complaints(result).join(', ')
  const parts = [`${result.ok ? '✔' : '✘'} ${sent} deliveries, ${rotations} rotations:`, verdict, run]
  const text = parts.join(' ')
  return (result.ok ? colors.green : colors.red)(text.length > width ? parts.join('\n  ') : text)
}

function complaints(result: DrillResult): readonly string[] {
  const all = allCases(result)
  const refused = all.reduce((sum, { tally }) => sum + tally.wronglyRefused, 0)
  const accepted = all.reduce((sum, { tally }) => sum + tally.wronglyAccepted, 0)
  const named = all.reduce((sum, { tally }) => sum + tally.wronglyNamed, 0)
  const handled = all.reduce((sum, { tally }) => sum + tally.wronglyHandled, 0)
  const missed = all.reduce((sum, { promotions }) => sum + promotions.missed, 0)
  return [
    `${refused} wrongly refused`,
    `${accepted} wrongly accepted`,
    ...(named > 0 ? [`${named} wrongly named`] : []),
    ...(handled > 0 ? [`${handled} not handled exactly once`] : []),
    ...(missed > 0 ? [`${missed} promotions missed`] : []),
    ...(result.forced?.tally.lost === 0 ? ['both slots at once cost nothing, which cannot be'] : []),
  ]
}
