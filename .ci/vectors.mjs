// The known-answer vectors come from packages/*/test/vectors.sh, which computes them with openssl. Compares what the
// scripts print with the vectors.json beside them; with --write, writes it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { inPool } from './checks/lib/pool.mjs'
import { report } from './checks/lib/report.mjs'
import { mustRun, run } from './checks/lib/run.mjs'
import { root, workspacePackages } from './checks/lib/workspace.mjs'

const write = process.argv.includes('--write')
const { ok: hasOpenssl } = await run('openssl', ['version'])
const scripts = workspacePackages()
  .map(({ path }) => join(path, 'test', 'vectors.sh'))
  .filter((script) => existsSync(script))

const problems = hasOpenssl
  ? (await Promise.all(inPool(scripts, problemOf))).filter(Boolean)
  : ['openssl is not on PATH, and the vectors come from nothing else: install it and run this again.']
report('vectors', problems, `${scripts.length} files ${write ? 'written' : 'are what openssl says'}`)

async function problemOf(script) {
  const file = script.replace(/sh$/, 'json')
  const name = relative(root, file)
  try {
    const fresh = await mustRun('bash', [script], { cwd: root })
    JSON.parse(fresh)
    if (write) return writeFileSync(file, fresh)
    const line = firstDifference(existsSync(file) ? readFileSync(file, 'utf8') : '', fresh)
    return line && `${name}:${line}: not what vectors.sh prints. Write it anew with: npm run vectors`
  } catch (error) {
    return `${name}: ${error.message}`
  }
}

/** The number of the first line in which two texts differ. */
function firstDifference(one, other) {
  if (one === other) return undefined
  const others = other.split('\n')
  const index = one.split('\n').findIndex((line, number) => line !== others[number])
  return index < 0 ? others.length : index + 1
}
