// Runs inside the copy that run.mjs has made: publishes, installs each package from there, and proves what it is to do.
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inPool } from '../checks/lib/pool.mjs'
import { publishedPackages } from '../checks/lib/workspace.mjs'
import { proofJobs } from '../pack-test/jobs.mjs'
import { createProjects, fromRegistry } from '../pack-test/project.mjs'
import { installedNodes } from './nodes.mjs'
import { publishAll } from './publish.mjs'
import { startRegistry } from './registry.mjs'
import { reportRehearsal } from './report.mjs'
import { proveCompilers } from './typescript.mjs'

const [, , folder] = process.argv
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1))

const nodes = await installedNodes()
const registry = await startRegistry(join(folder, 'registry'))
try {
  await publishAll(registry)
  const [{ name, path }] = publishedPackages().filter((one) => one.folder === 'core')
  console.log(`${name}: CHANGELOG.md\n\n${readFileSync(join(path, 'CHANGELOG.md'), 'utf8')}`)
  const place = join(folder, 'projects')
  mkdirSync(place)
  const projects = createProjects(place, fromRegistry(registry.url, join(folder, 'cache')))
  const jobs = proofJobs(projects, nodes, [{ about: 'TypeScript', prove: proveCompilers }])
  const results = await Promise.all(inPool(jobs, ({ prove }) => prove()))
  const isGood = reportRehearsal(
    jobs.map(({ about }, index) => ({ about, proofs: results[index] })),
    nodes.map(({ version }) => version),
  )
  process.exitCode = isGood ? 0 : 1
} finally {
  await registry.stop()
}
