// Mutation tests of the core: is each of its lines held by a test? Stryker changes them one by one, in a copy of the checkout.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { root } from '../checks/lib/workspace.mjs'
import { installed } from '../runtimes/install.mjs'
import { copyOfCheckout } from './copy.mjs'
import { countsByFolder, scoreOf, table } from './score.mjs'
import { BREAK, strykerOptions } from './stryker-options.mjs'
import { survivorsOf } from './survivors.mjs'

const CORE = 'packages/core/src'
const REPORTS = join(dirname(fileURLToPath(import.meta.url)), '.reports')
const USAGE = `npm run test:mutation [-- [options] [folder or file...]]

Mutates ${CORE}, or what is named of it, and runs the tests that reach each mutant. It takes 45 minutes; another run
takes only what has changed since. Fails under a score of ${BREAK} %, and at a survivor that survivors.json does not explain.

  --force          test every mutant again
  --processes <n>  that test at the same time: 2
  --help           this text`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    force: { type: 'boolean' },
    processes: { type: 'string', default: '2' },
    help: { type: 'boolean' },
  },
})

// Ends what was started, and takes the copy away.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1))

if (values.help) console.log(USAGE)
else
  await main().catch((error) => {
    console.error(error.message)
    process.exitCode = 1
  })

async function main() {
  const asked = positionals.length > 0 ? positionals.map(ofCore) : [CORE]
  const stryker = await installed('mutation')
  const report = testMutants(stryker, asked)
  const survivors = survivorsOf(report)
  for (const line of survivors.lines) console.log(line)
  const counts = countsByFolder(report, CORE)
  console.log(table(counts))
  console.log(`${survivors.summary}; all about them: ${relative(process.cwd(), join(REPORTS, 'mutation.html'))}`)
  const score = scoreOf(counts)
  const isGood = score >= BREAK && survivors.lines.length === 0
  console.log(`mutation score ${score.toFixed(2)} %, of at least ${BREAK} %: ${isGood ? 'good' : 'FAILED'}`)
  process.exitCode = isGood ? 0 : 1
}

/** A file or folder of the core, from the root and without a slash at its end. */
function ofCore(named) {
  const path = resolve(root, named)
  const fromRoot = relative(root, path)
  if (existsSync(path) && `${fromRoot}/`.startsWith(`${CORE}/`)) return fromRoot
  throw new Error(`not in ${CORE}: ${named}\n\n${USAGE}`)
}

/** What Stryker made of the mutants, as its JSON report has it. */
function testMutants(stryker, asked) {
  const report = join(REPORTS, 'mutation.json')
  const log = join(REPORTS, 'stryker.log')
  mkdirSync(REPORTS, { recursive: true })
  rmSync(report, { force: true })
  const folder = copyOfCheckout()
  const config = join(folder, 'stryker.config.json')
  const mutate = asked.map((one) => (statSync(join(root, one)).isDirectory() ? `${one}/**/*.ts` : one))
  writeFileSync(config, JSON.stringify(strykerOptions(mutate, Number(values.processes), REPORTS)))
  console.error(`mutation: running; how far it is: ${relative(process.cwd(), log)}`)
  const bin = join(stryker, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js')
  const output = openSync(log, 'w')
  spawnSync(process.execPath, [bin, 'run', config, ...(values.force ? ['--force'] : [])], {
    cwd: folder,
    stdio: ['ignore', output, output],
  })
  if (!existsSync(report)) throw new Error(`Stryker did not get to its end:\n${readFileSync(log, 'utf8').trim()}`)
  return onlyOf(JSON.parse(readFileSync(report, 'utf8')), asked)
}

/** An incremental report holds what earlier runs were asked for as well. */
function onlyOf(report, asked) {
  const isAsked = ([file]) => asked.some((one) => file === one || file.startsWith(`${one}/`))
  return { ...report, files: Object.fromEntries(Object.entries(report.files).filter(isAsked)) }
}
