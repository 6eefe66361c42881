/**
 * What is wrong with a runtime's result beside the reference's, in lines for the reader. Every character counts.
 *
 * @returns {{ differing: object[], problems: string[] }} Deliveries with other verdicts or inputs, and all else.
 */
export function compare(result, reference, runtime) {
  const problems = []
  if (result.engine !== runtime.engine) problems.push(`used the ${result.engine} engine, not the ${runtime.engine} one`)
  if (result.lines.length !== reference.lines.length) {
    problems.push(`${result.lines.length} deliveries, not ${reference.lines.length}`)
  }
  if (result.cases.names !== reference.cases.names) problems.push('ran other cases')
  for (const { name, error } of result.cases.failed) problems.push(`case failed: ${name}\n  ${error}`)
  for (const { id, kind, expected, record } of result.lines.filter((line) => line.expected)) {
    problems.push(`${id} (${kind}): expected ${expected.join(' or ')}, and got ${record}`)
  }
  const differing = result.lines.flatMap((line, index) => {
    const other = reference.lines[index]
    const isSame = other && line.id === other.id && line.input === other.input && line.record === other.record
    return isSame ? [] : [{ line, other }]
  })
  return { differing, problems }
}

/** How many of each outcome there are, most first: a corpus in which all are refused would prove little. */
export function outcomesOf({ lines }) {
  const counts = new Map()
  for (const { outcome } of lines) counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
  return [...counts].sort(([, one], [, other]) => other - one)
}
