// The drill of a fleet, on each store. Usage: npm run test:fleet [-- redis postgres]
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from './checks/lib/workspace.mjs'

const ALL = ['redis', 'postgres']
const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !ALL.includes(name))
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. Usage: npm run test:fleet [-- ${ALL.join(' ')}]`)
  process.exit(1)
}
const bin = join(root, 'packages', 'cli', 'dist', 'bin.js')
let failed = 0
for (const store of asked.length > 0 ? asked : ALL) {
  const { status } = spawnSync(process.execPath, [bin, 'drill', '--instances', '4', '--store', store], {
    stdio: 'inherit',
  })
  console.log(`fleet: ${store}: ${status === 0 ? 'good' : 'FAILED'}\n`)
  if (status !== 0) failed += 1
}
process.exitCode = failed === 0 ? 0 : 1
