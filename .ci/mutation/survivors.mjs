import { readFileSync } from 'node:fs'

const EXPLAINED = new URL('survivors.json', import.meta.url)

/**
 * The survivors of a report that survivors.json does not explain, as lines to print, and how many there are in all. A mutant
 * is known by its file, the text of its line, and by what was changed in it and into what: lines move. An explanation whose
 * mutant is gone is a line, too.
 */
export function survivorsOf(report) {
  const explained = explanations()
  const files = Object.entries(report.files).sort()
  const survivors = files.flatMap(([file, { source, mutants }]) => survivorsIn(file, source, mutants))
  const keys = new Set(Object.entries(explained).flatMap(([file, list]) => list.map((one) => keyOf(file, one))))
  const unexplained = survivors.filter(({ file, one }) => !keys.has(keyOf(file, one)))
  const gone = files.flatMap(([file, { source, mutants }]) => {
    const there = new Set(mutants.map((mutant) => keyOf(file, described(mutant, source))))
    return (explained[file] ?? []).filter((one) => !there.has(keyOf(file, one))).map((one) => ({ file, one }))
  })
  return {
    lines: [
      ...unexplained.map(({ file, place, one }) => `${file}:${place} survived: ${JSON.stringify(one)}`),
      ...gone.map(({ file, one }) => `${file}: explained, but there is no such mutant: ${JSON.stringify(one)}`),
    ],
    summary: `${survivors.length} survived, ${survivors.length - unexplained.length} of them explained in .ci/mutation/survivors.json`,
  }
}

/** Whether survivors.json explains a mutant of a file, whose text is `source`. */
export function isExplained(file, source, mutant) {
  const key = keyOf(file, described(mutant, source))
  return (explanations()[file] ?? []).some((one) => keyOf(file, one) === key)
}

function explanations() {
  return JSON.parse(readFileSync(EXPLAINED, 'utf8'))
}

function survivorsIn(file, source, mutants) {
  return mutants
    .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
    .map((mutant) => {
      const { line, column } = mutant.location.start
      return { file, place: `${line}:${column}`, one: described(mutant, source) }
    })
}

/** A mutant as survivors.json has it, but for its `reason`. */
function described({ mutatorName, location, replacement }, source) {
  return {
    line: source.split('\n')[location.start.line - 1].trim(),
    mutator: mutatorName,
    original: oneLine(textAt(source, location)),
    replacement: oneLine(replacement),
  }
}

function keyOf(file, { line, mutator, original, replacement }) {
  return JSON.stringify([file, line, mutator, original, replacement])
}

function textAt(source, { start, end }) {
  const lines = source.split('\n').slice(start.line - 1, end.line)
  lines[lines.length - 1] = lines[lines.length - 1].slice(0, end.column - 1)
  lines[0] = lines[0].slice(start.column - 1)
  return lines.join('\n')
}

function oneLine(text) {
  return text.replace(/\s+/g, ' ')
}
