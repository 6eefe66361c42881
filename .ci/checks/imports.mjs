// The direction of imports. Adapters (and stores, and receivers) know the core alone and never each other; the core
// knows none of ours; the page knows the core and the adapters; the command line knows all but the testkit and the page;
// nothing knows the command line, the page or the bench, which knows what the command line knows. Examples are a user's
// code: they may use the package that they belong to, and any adapter.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join, relative, resolve, sep } from 'node:path'
import ts from 'typescript'
import { report } from './lib/report.mjs'
import { root, workspacePackages } from './lib/workspace.mjs'

const packages = workspacePackages()
const rootManifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const ours = packages.map(({ name }) => name)
const CORE = '@countersign/core'
const TESTKIT = '@countersign/testkit'
const CLI = 'countersign'
/** Private: the web page. */
const PLAYGROUND = '@countersign/playground'
/** Private: what measures. */
const BENCH = '@countersign/bench'
/** Private: what tests and the drill start. */
const SERVERS = '@countersign/servers'
const STORES = ['@countersign/redis', '@countersign/postgres']
const HTTP = '@countersign/http'
const EXPORTED_LISTS = ['dependencies', 'peerDependencies', 'optionalDependencies']

/** Which of ours a package's sources may import. A package that is not named here is an adapter, or as strict as one. */
const MAY_IMPORT = {
  [CORE]: [],
  [SERVERS]: [],
  [CLI]: ours.filter((name) => ![TESTKIT, CLI, PLAYGROUND, BENCH].includes(name)),
  [BENCH]: ours.filter((name) => ![TESTKIT, CLI, PLAYGROUND, BENCH].includes(name)),
  [PLAYGROUND]: [CORE, ...packages.filter(({ isAdapter }) => isAdapter).map(({ name }) => name)],
}

/** A package with examples is used with an adapter in them, and in their tests. A store is used with a receiver, too. */
function usedWith({ path, name }) {
  const adapters = packages.filter(({ isAdapter }) => isAdapter).map((one) => one.name)
  const used = existsSync(join(path, 'examples')) ? adapters : []
  return STORES.includes(name) ? [...used, HTTP, SERVERS] : used
}

const problems = []
let statements = 0
for (const one of packages) {
  const allowed = MAY_IMPORT[one.name] ?? [CORE]
  checkManifest(one, allowed)
  checkStatements(one, 'src', allowed, EXPORTED_LISTS)
  // Tests may import what the sources may, the package itself as its users do, and the testkit.
  const inTests = [...allowed, one.name, TESTKIT, ...usedWith(one)]
  checkStatements(one, 'test', inTests, [...EXPORTED_LISTS, 'devDependencies'])
  checkStatements(one, 'examples', inTests, [...EXPORTED_LISTS, 'devDependencies'])
}
report('imports', problems, `${statements} statements and ${packages.length} manifests keep the direction`)

function checkManifest(one, allowed) {
  const { folder, name, manifest } = one
  const where = `packages/${folder}/package.json`
  for (const list of [...EXPORTED_LISTS, 'devDependencies']) {
    const mayList = list === 'devDependencies' ? [...allowed, TESTKIT, ...usedWith(one)] : allowed
    for (const [dependency, range] of Object.entries(manifest[list] ?? {})) {
      if (name === CORE && list !== 'devDependencies') problems.push(`${where}: the core has no ${list}: ${dependency}`)
      if (!ours.includes(dependency)) continue
      if (!mayList.includes(dependency)) problems.push(`${where}: ${list} may not hold ${dependency}`)
      if (range !== 'workspace:^') problems.push(`${where}: ${dependency} is '${range}' and should be 'workspace:^'`)
    }
  }
}

function checkStatements({ folder, path, name, manifest }, room, allowed, lists) {
  const listed = lists.flatMap((list) => Object.keys(manifest[list] ?? {}))
  // What is private is not installed with it, but travels inside of it.
  listed.push(...Object.keys(manifest.devDependencies ?? {}).filter((dependency) => dependency === SERVERS))
  // A package may import itself by name; the tools that all tests share stand in the root's manifest.
  listed.push(name, ...(room !== 'src' ? Object.keys(rootManifest.devDependencies) : []))
  for (const file of sourcesIn(join(path, room))) {
    for (const [specifier, line] of importsOf(file)) {
      statements += 1
      const problem = problemOf(specifier, file)
      if (problem) problems.push(`${relative(root, file)}:${line}: '${specifier}' ${problem}`)
    }
  }

  function problemOf(specifier, file) {
    if (specifier.startsWith('.')) return problemOfPath(resolve(file, '..', specifier))
    // A name of the package's own `imports`, such as the core's engine.
    if (specifier.startsWith('#')) return manifest.imports?.[specifier] ? undefined : 'is not in its imports'
    const dependency = packageOf(specifier)
    if (ours.includes(dependency) && !allowed.includes(dependency)) {
      return `is not for ${name}, whose ${room} may import: ${allowed.join(', ') || 'none of ours'}`
    }
    if (isBuiltin(specifier)) return specifier.startsWith('node:') ? undefined : 'lacks its node: prefix'
    return listed.includes(dependency) ? undefined : `is not in the ${lists.join(' or ')} of packages/${folder}`
  }

  function problemOfPath(target) {
    if (!target.startsWith(path + sep)) return 'leaves the package'
    return room === 'src' && target.startsWith(join(path, 'test') + sep) ? 'belongs to the tests' : undefined
  }
}

function sourcesIn(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true })
    .filter((file) => /\.[cm]?[jt]sx?$/.test(file))
    .map((file) => join(folder, file))
}

/** By TypeScript's own scanner, which sees type imports and `import()` too. A bundler would have erased the former. */
function importsOf(file) {
  const text = readFileSync(file, 'utf8')
  const { importedFiles } = ts.preProcessFile(text, true, true)
  return importedFiles.map(({ fileName, pos }) => [fileName, text.slice(0, pos).split('\n').length])
}

function packageOf(specifier) {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}
