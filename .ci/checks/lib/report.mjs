/** The end of a check: one line if nothing is wrong, else all that is wrong, and exit code 1. */
export function report(name, problems, summary) {
  if (problems.length === 0) return console.log(`${name}: ${summary}`)
  for (const problem of problems) console.log(problem)
  process.exitCode = 1
}

const LONGEST = 60

/** Text of a failure as it stands under its heading. The first of many errors are the ones that help. */
export function indented(text) {
  const lines = text.trim().split('\n')
  if (lines.length > LONGEST) lines.splice(LONGEST, lines.length, `... and ${lines.length - LONGEST} lines more`)
  return lines.map((line) => `    ${line}`.trimEnd()).join('\n')
}
