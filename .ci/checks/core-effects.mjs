// The core computes: it calls no network, no file, no timer, and makes no code of text. What an entry of it may do for good
// reason stands below, by name; nothing else may be reached from it. Of the sources, and once more of what is built (the CommonJS files are made of it).
import { existsSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import ts from 'typescript'
import { effectsIn } from './lib/effects.mjs'
import { fixtureProblems } from './lib/fixture.mjs'
import { report } from './lib/report.mjs'
import { root } from './lib/workspace.mjs'

const core = join(root, 'packages', 'core')
const FIXTURE = join(root, '.ci', 'checks', 'fixtures', 'effects.ts')
/** A store that does not answer in time is given up, by `keySource`. */
const GIVING_UP = ['setTimeout']

/** What may be reached, from each entry and from the modules that do the work. */
const MAY = {
  verifier: [],
  sign: [],
  explain: [],
  'mac.web': [],
  'mac.node': ['node:crypto', 'node:buffer'],
  'advice.web': [],
  'advice.node': [],
  index: GIVING_UP,
  'index.node': [...GIVING_UP, 'node:crypto', 'node:buffer'],
  // Secret managers are asked over the network, and the environment is read.
  sources: [...GIVING_UP, 'fetch', 'AbortSignal', 'process'],
  // Keyrings in files.
  node: ['node:fs', 'node:fs/promises', 'node:path', 'node:crypto', 'process'],
}
/** No entries: tsup puts them into chunks. */
const ONLY_SOURCES = ['verifier', 'sign']
/** Made of index and what Node chooses. */
const ONLY_BUILT = ['index.node']

const problems = []
const files = new Set()
for (const [name, may] of Object.entries(MAY)) {
  if (!ONLY_BUILT.includes(name)) judge(join(core, 'src', `${name}.ts`), may)
  if (!ONLY_SOURCES.includes(name)) judge(join(core, 'dist', `${name}.js`), may)
}
const fixture = programOf(FIXTURE)
const inFixture = effectsIn(fixture.getSourceFile(FIXTURE), fixture.getTypeChecker())
problems.push(
  ...fixtureProblems(
    FIXTURE,
    inFixture.map(({ line }) => line),
  ),
)
report(
  'core-effects',
  problems,
  `${files.size} files, from ${Object.keys(MAY).length} modules on, do nothing but what they may`,
)

function judge(entry, may) {
  if (!existsSync(entry)) return problems.push(`${relative(root, entry)}: is missing`)
  const program = programOf(entry)
  const reached = filesFrom(entry, program)
  for (const { fileName } of reached) files.add(fileName)
  const found = reached.flatMap((file) =>
    effectsIn(file, program.getTypeChecker()).map((effect) => ({ ...effect, file: file.fileName })),
  )
  const where = relative(root, entry)
  for (const { name, line, file } of found) {
    if (!may.includes(name)) problems.push(`${relative(root, file)}:${line}: ${name}, which ${where} may not reach`)
  }
  for (const name of may) {
    if (!found.some((one) => one.name === name)) problems.push(`${where}: may reach ${name}, and does not any more`)
  }
}

function programOf(entry) {
  const { options } = ts.parseJsonConfigFileContent({ extends: './tsconfig.base.json', include: [] }, ts.sys, root)
  return ts.createProgram([entry], { ...options, allowJs: true, maxNodeModuleJsDepth: 0 })
}

/** The entry and what it imports of the package. The engine is chosen where the code runs, and is judged by itself. */
function filesFrom(entry, program) {
  const seen = new Set()
  const add = (path) => {
    const file = program.getSourceFile(path)
    if (seen.has(file) || file === undefined) return
    seen.add(file)
    for (const specifier of importsOf(file)) {
      if (specifier.startsWith('.')) add(sourceOf(resolve(dirname(path), specifier)))
    }
  }
  add(entry)
  return [...seen]
}

function importsOf(file) {
  const { importedFiles } = ts.preProcessFile(file.text, true, true)
  return importedFiles.map(({ fileName }) => fileName)
}

/** In the sources, './x.js' is './x.ts'. */
function sourceOf(path) {
  return existsSync(path) ? path : path.replace(/\.js$/, '.ts')
}
