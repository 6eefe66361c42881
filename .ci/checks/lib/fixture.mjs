import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { root } from './workspace.mjs'

/** That a check would see it: what is wrong if it did not find just those lines of a file that end with `// found`. */
export function fixtureProblems(file, foundLines) {
  const has = new Set(foundLines)
  const lines = readFileSync(file, 'utf8').split('\n')
  return lines.flatMap((text, index) => {
    const line = index + 1
    if (text.endsWith('// found') === has.has(line)) return []
    return [`${relative(root, file)}:${line}: was ${has.has(line) ? '' : 'not '}found: ${text.trim()}`]
  })
}
