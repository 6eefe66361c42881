// Makes an edge VM and runs the bundle in it: node edge-vm.mjs <wanted> <folder of @edge-runtime/vm>
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const [wanted, folder] = process.argv.slice(2)
const require = createRequire(join(folder, 'package.json'))
const { EdgeVM } = require('@edge-runtime/vm')
const { version } = require('@edge-runtime/vm/package.json')

const vm = new EdgeVM()
vm.evaluate(readFileSync('edge-vm.bundle.js', 'utf8'))
const result = JSON.parse(await vm.evaluate(`runSuite(${wanted})`))
console.log(JSON.stringify({ version, result }))
