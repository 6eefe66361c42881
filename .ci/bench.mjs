// `npm run bench`: brings the Nodes, the peers, a Worker and a page, and lets packages/bench measure.
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { bench } from '../packages/bench/dist/index.js'
import { publishedPackages, root } from './checks/lib/workspace.mjs'
import { packAll } from './pack-test/pack.mjs'
import { createProjects, fromTarballs } from './pack-test/project.mjs'
import { installIn } from './runtimes/install.mjs'
import { chromium } from './runtimes/runners/chromium.mjs'
import { node } from './runtimes/runners/process.mjs'
import { workerd } from './runtimes/runners/workerd.mjs'

/** All that is installed for it stands here, and git does not see it. */
const INSTALLED = join(root, 'packages', 'bench', '.installed')
const PROJECTS = join(INSTALLED, 'projects')
const WEB = { workerd, chromium }

let maker
const projects = new Map()

/** The packages are packed when the first project wants them, and what an earlier run left is of an older build. */
async function startProjects() {
  rmSync(PROJECTS, { recursive: true, force: true })
  mkdirSync(PROJECTS, { recursive: true })
  return createProjects(PROJECTS, fromTarballs(await packAll(PROJECTS)), null)
}

async function createProject(name, ours, others) {
  maker ??= startProjects()
  const packages = publishedPackages().filter((one) => ours.includes(one.name))
  return (await maker).create(name, packages, others)
}

const machine = {
  root,
  node: (major) => node.install(`node-${major}`),
  installed: (name, versions) => installIn(join(INSTALLED, name), versions, name),
  project(name, ours, others = []) {
    if (!projects.has(name)) projects.set(name, createProject(name, ours, others))
    return projects.get(name)
  },
  web: async (runtime, folder, work) => WEB[runtime].open(await WEB[runtime].install(runtime), folder, work),
}

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1))

try {
  process.exitCode = await bench(process.argv.slice(2), machine)
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}
