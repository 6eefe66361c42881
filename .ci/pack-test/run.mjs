// Proves what only an installed package can show. Every package is packed as it would be published and installed into an
// empty project; its quick start runs there, as it stands in the README that was installed, as ESM and as CommonJS. Then:
// copies that mix, the engine that each runtime picks, and the types without Node's and the browser's.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inPool } from '../checks/lib/pool.mjs'
import { indented } from '../checks/lib/report.mjs'
import { proofJobs } from './jobs.mjs'
import { packAll } from './pack.mjs'
import { createProjects, fromTarballs } from './project.mjs'
import { THIS_NODE } from './proofs.mjs'

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'countersign-packages-')))
const removeFolder = () => rmSync(folder, { recursive: true, force: true })
process.on('exit', removeFolder)
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1))

const projects = createProjects(folder, fromTarballs(await packAll(folder)))
const jobs = proofJobs(projects, [THIS_NODE])

let count = 0
let failed = 0
for (const [index, proofs] of inPool(jobs, ({ prove }) => prove()).entries()) {
  const { about } = jobs[index]
  for (const { name, note, error } of await proofs) {
    count += 1
    if (error === undefined) {
      console.log(`${about}: ${name}${note === undefined ? '' : `: ${note}`}`)
    } else {
      failed += 1
      console.log(`${about}: ${name}: FAILED\n${indented(error)}`)
    }
  }
}
console.log(`packages: ${count} proofs, ${failed === 0 ? 'all good' : `${failed} wrong`}`)
process.exitCode = failed === 0 ? 0 : 1
