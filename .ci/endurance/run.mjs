// What takes long and needs processes of its own: a receiver that is killed, one that runs for long, one under bad load.
// Usage: npm run test:endurance [-- crash soak load]
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const ALL = ['crash', 'soak', 'load']
const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !ALL.includes(name))
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. Usage: npm run test:endurance [-- ${ALL.join(' ')}]`)
  process.exit(1)
}
let failed = 0
for (const name of asked.length > 0 ? asked : ALL) {
  const began = performance.now()
  console.error(`${name}: running...`)
  const { status } = spawnSync(process.execPath, [fileURLToPath(new URL(`${name}.mjs`, import.meta.url))], {
    stdio: 'inherit',
  })
  console.log(`${name}: ${status === 0 ? 'good' : 'FAILED'} (${((performance.now() - began) / 1000).toFixed(0)} s)`)
  if (status !== 0) failed += 1
}
process.exitCode = failed === 0 ? 0 : 1
