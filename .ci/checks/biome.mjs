// Formatting and lint of the whole repository. `ci` changes nothing, and a warning is as bad as an error.
import { report } from './lib/report.mjs'
import { run } from './lib/run.mjs'
import { root, tool } from './lib/workspace.mjs'

const done = await run(tool('biome'), ['ci', '--error-on-warnings', '--colors=off'], { cwd: root })
const files = /Checked (\d+) files/.exec(done.output)?.[1]
report('biome', done.ok ? [] : [done.output], `${files} files formatted and linted`)
