// Fuzzing of what reads a sender's or an operator's text. `npm run test:fuzz -- --help` says how.
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { indented } from '../checks/lib/report.mjs'
import { root } from '../checks/lib/workspace.mjs'
import { optionsOf } from './options.mjs'
import { createThread } from './thread.mjs'

const options = readOptions()
// Beneath the root, where the bundle finds fast-check.
const folder = mkdtempSync(join(root, 'node_modules', '.fuzz-'))
try {
  await main(options)
} finally {
  rmSync(folder, { recursive: true })
}

function readOptions() {
  try {
    return optionsOf(process.argv.slice(2)) ?? process.exit(0)
  } catch (error) {
    console.error(error.message)
    process.exit(2)
  }
}

async function main({ list, only, workers, runs, seed, path }) {
  const bundle = await bundled()
  const { properties } = await import(bundle)
  const names = Object.keys(properties).filter((name) => only.length === 0 || only.some((one) => name.startsWith(one)))
  if (list) return console.log(names.join('\n'))
  if (names.length === 0) {
    console.error(`No property begins with ${only.join(', ')}. See --list.`)
    process.exitCode = 2
    return
  }
  console.log(`fuzz: ${names.length} properties, ${runs} runs each, seed ${seed}`)
  const began = performance.now()
  const results = []
  const waiting = [...names]
  await Promise.all(Array.from({ length: workers }, work))
  const failed = results.filter((result) => result.failed).map(({ name }) => name)
  const total = results.reduce((sum, result) => sum + result.runs, 0)
  const end = failed.length === 0 ? 'all good' : `FAILED: ${failed.join(', ')}`
  console.log(`fuzz: ${total} runs in ${seconds(began)} s, seed ${seed}: ${end}`)
  if (failed.length > 0) process.exitCode = 1

  async function work() {
    const thread = createThread(bundle, { runs, seed, path })
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const start = performance.now()
      const result = await thread.run(name)
      print(name, result, seed, seconds(start))
      results.push({ name, ...result })
    }
    await thread.end()
  }
}

/** The properties and all that they try, from the sources, as one module. */
async function bundled() {
  const outfile = join(folder, 'properties.mjs')
  await build({
    entryPoints: [join(root, '.ci', 'fuzz', 'properties', 'index.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    conditions: ['countersign-source'],
    external: ['fast-check'],
    sourcemap: 'inline',
    logLevel: 'warning',
  })
  return pathToFileURL(outfile).href
}

function print(name, { failed, runs, counterexample, error, path }, seed, took) {
  console.log(`${failed ? 'FAILED' : 'good  '} ${name}: ${runs} runs, seed ${seed}, ${took} s`)
  if (!failed) return
  const again = `--seed ${seed} --only ${name}${path ? ` --path ${path}` : ''}`
  console.log(indented(`${counterexample}\n${error}\n\nAgain: npm run test:fuzz -- ${again}`))
}

function seconds(began) {
  return ((performance.now() - began) / 1000).toFixed(1)
}
