// Benchmarks: ratios of what is ours to what it is made of, measured side by side in one run. Nothing here is asserted.
// Usage: npm run bench [-- stores]
import { claims } from './claims.mjs'

const ALL = { stores: claims }
const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !(name in ALL))
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. Usage: npm run bench [-- ${Object.keys(ALL).join(' ')}]`)
  process.exit(2)
}
for (const name of asked.length > 0 ? asked : Object.keys(ALL)) await ALL[name]()
