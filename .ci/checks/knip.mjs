// Files, exports and dependencies that nothing uses.
import { report } from './lib/report.mjs'
import { run } from './lib/run.mjs'
import { root, tool } from './lib/workspace.mjs'

const done = await run(tool('knip'), ['--no-progress', '--treat-config-hints-as-errors'], { cwd: root })
report('knip', done.ok ? [] : [done.output], 'no unused file, export or dependency')
