// Runs every static check and prints what each has to say: one line if all is well. A check is a script of its own that
// exits with 1 when something is wrong, so each of them can be run alone, and adding one is adding a file.
import { existsSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { inPool } from './checks/lib/pool.mjs'
import { indented } from './checks/lib/report.mjs'
import { run } from './checks/lib/run.mjs'
import { root } from './checks/lib/workspace.mjs'

const folder = join(root, '.ci', 'checks')
const scripts = readdirSync(folder)
  .filter((file) => file.endsWith('.mjs'))
  .map((file) => join(folder, file))
// These write files when they are told to. Told nothing, they compare, or only look.
for (const script of ['providers-table.mjs', 'vectors.mjs', 'docs.mjs']) scripts.push(join(root, '.ci', script))

const failed = []
const runs = inPool(scripts, (script) =>
  existsSync(script) ? run(process.execPath, [script], { cwd: root }) : { ok: false, output: `${script} is missing` },
)
for (const [index, done] of runs.entries()) {
  const { ok, output } = await done
  const name = basename(scripts[index], '.mjs')
  if (ok) {
    console.log(output.trim())
  } else {
    failed.push(name)
    console.log(`${name}: FAILED\n${indented(output)}`)
  }
}

const count = `${scripts.length} checks`
console.log(failed.length === 0 ? `check: ${count}, all good` : `check: ${count}, wrong in: ${failed.join(', ')}`)
process.exitCode = failed.length === 0 ? 0 : 1
