// `npm run bench`: brings the Nodes and the peers, and lets packages/bench measure.
import { join } from 'node:path'
import { bench } from '../packages/bench/dist/index.js'
import { root } from './checks/lib/workspace.mjs'
import { installIn } from './runtimes/install.mjs'
import { node } from './runtimes/runners/process.mjs'

/** All that is installed for it stands here, and git does not see it. */
const INSTALLED = join(root, 'packages', 'bench', '.installed')

const machine = {
  root,
  node: (major) => node.install(`node-${major}`),
  installed: (name, versions) => installIn(join(INSTALLED, name), versions, name),
}

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1))

process.exitCode = await bench(process.argv.slice(2), machine)
