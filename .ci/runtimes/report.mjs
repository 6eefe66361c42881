import { indented } from '../checks/lib/report.mjs'
import { compare, outcomesOf } from './compare.mjs'

/** The first of many are the ones that help. */
const SHOWN = 5

const number = (count) => count.toLocaleString('en-GB')
const counted = (count, word) => `${number(count)} ${word}${count === 1 ? '' : 's'}`

/**
 * One line about a runtime, and what is wrong with it below.
 *
 * @returns {{ ok: boolean, ran: boolean, differing: number }}
 */
export function reportRuntime(run, reference, wanted) {
  if (run.error !== undefined || reference.error !== undefined) return reportMissing(run)
  const { runtime, title, result, seconds } = run
  const { differing, problems } = compare(result, reference.result, runtime)
  const isReference = run === reference
  const verdicts = isReference ? 'the reference' : `${number(differing.length)} differ`
  const deliveries = `${number(result.lines.length)} deliveries, ${verdicts}`
  const cases = `${number(result.cases.passed)} cases passed`
  // A suite that asked nothing has proved nothing.
  if (result.lines.length === 0 || result.cases.passed === 0) problems.push('it ran no delivery, or no case')
  const wrong = problems.length === 0 ? '' : `; ${counted(problems.length, 'problem')}`
  console.log(`${title} (${result.engine} engine): ${deliveries}; ${cases}${wrong} (${seconds.toFixed(1)} s)`)
  for (const { line, other } of differing.slice(0, SHOWN))
    console.log(indented(difference(line, other, run, reference, wanted)))
  // What is wrong everywhere is told once.
  const known = isReference ? [] : compare(reference.result, reference.result, reference.runtime).problems
  const own = problems.filter((problem) => !known.includes(problem))
  for (const problem of own.slice(0, SHOWN)) console.log(indented(problem))
  if (own.length < problems.length) console.log(indented(`${number(problems.length - own.length)} as in the reference`))
  const more = [differing, own].reduce((sum, { length }) => sum + Math.max(0, length - SHOWN), 0)
  if (more > 0) console.log(indented(`... and ${number(more)} more`))
  return { ok: differing.length === 0 && problems.length === 0, ran: true, differing: differing.length }
}

function reportMissing({ title, result, error }) {
  const why = result === undefined ? `FAILED\n${indented(error)}` : 'FAILED: there is nothing to compare it with'
  console.log(`${title}: ${why}`)
  return { ok: false, ran: result !== undefined, differing: 0 }
}

function difference(line, other, run, reference, { seed }) {
  return [
    `${line.id} (${line.kind}): ${line.input === other?.input ? 'another verdict' : 'ANOTHER INPUT, so the corpus is not the same'}`,
    `${reference.title}: ${other?.record}`,
    `${run.title}: ${line.record}`,
    `all about it: npm run test:runtimes -- --seed ${seed} --delivery ${line.id} ${run.runtime.name}`,
  ].join('\n')
}

/** All about one delivery in one runtime. What goes in is told once. */
export function reportDelivery(run, reference) {
  if (run.error !== undefined || reference.error !== undefined) return reportMissing(run)
  const [line] = run.result.lines
  const [other] = reference.result.lines
  if (run === reference)
    console.log(`${line.id} (${line.kind})\n${JSON.stringify(JSON.parse(line.input), undefined, 2)}`)
  const isSame = line.input === other.input && line.record === other.record
  console.log(`${run.title}: ${line.record}${isSame ? '' : '  <- differs'}`)
  if (line.input !== other.input) console.log(indented(`from another input: ${line.input}`))
  if (line.expected) console.log(indented(`expected: ${line.expected.join(' or ')}`))
  return { ok: isSame && line.expected === undefined, ran: true, differing: isSame ? 0 : 1 }
}

/** What the corpus was, so that nobody takes ten thousand refusals for a proof. */
export function corpusLine(result, { seed, count }) {
  const kinds = new Set(result.lines.map(({ kind }) => kind)).size
  const outcomes = outcomesOf(result).map(([outcome, times]) => `${number(times)} ${outcome}`)
  return `corpus: seed ${seed}, ${number(count)} deliveries of each provider, ${kinds} kinds; ${outcomes.join(', ')}`
}

export function summary(reports, result) {
  const ran = reports.filter((report) => report.ran).length
  const divergences = reports.reduce((sum, { differing }) => sum + differing, 0)
  const deliveries = result?.lines.length ?? 0
  const facts = [
    `${number(deliveries)} ${deliveries === 1 ? 'delivery' : 'deliveries'} each`,
    counted(divergences, 'divergence'),
  ].join(', ')
  const failed = reports.filter(({ ok }) => !ok).length
  if (failed === 0) return `runtimes: ${counted(ran, 'runtime')}, ${facts}`
  return `runtimes: FAILED: ${failed} of ${counted(reports.length, 'runtime')} (${ran} ran), ${facts}`
}
