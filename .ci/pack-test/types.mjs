import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { mustRun } from '../checks/lib/run.mjs'
import { publishedPackages } from '../checks/lib/workspace.mjs'
import { prove } from './proofs.mjs'

/** Nothing of Node's, nothing of the browser's: a declaration that names a global of theirs fails. */
const BARE = { lib: ['ES2022'], types: [], strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false }

const BUNDLER = { extensions: ['ts'], module: 'esnext', moduleResolution: 'bundler' }
const NODENEXT = { extensions: ['mts', 'cts'], module: 'nodenext', moduleResolution: 'nodenext' }

/** A consumer's programs over the installed declarations, all of which are checked, since skipLibCheck is off. */
export async function proveTypes(project) {
  const entries = entriesWithTypes()
  // zod's declarations name the global URL. Only the programs that need zod get one, so that ours are seen not to.
  const isOfZod = (entry) => entry.endsWith('/events')
  const all = entries.filter((entry) => !isOfZod(entry))
  const events = entries.filter(isOfZod)
  const programs = [
    { name: 'bundler', of: 'consumer.ts', entries: all, ...BUNDLER },
    { name: 'nodenext', of: 'consumer.ts', entries: all, ...NODENEXT },
    { name: 'events, bundler', of: 'consumer-of-events.ts', entries: events, ...BUNDLER },
    { name: 'events, nodenext', of: 'consumer-of-events.ts', entries: events, ...NODENEXT },
  ]
  const results = []
  for (const [index, program] of programs.entries()) {
    const config = writeProgram(project, `program-${index}`, program)
    for (const { version, tsc } of compilers()) {
      const compile = async () => void (await mustRun(process.execPath, [tsc, '-p', config], { cwd: project }))
      results.push(await prove(`${program.name}, TypeScript ${version}`, compile))
    }
  }
  return results
}

function writeProgram(project, base, { of, entries, extensions, module, moduleResolution }) {
  const imports = entries.map((entry, index) => `export * as entry${index} from '${entry}'\n`)
  const source = readFileSync(join(project, of), 'utf8') + imports.join('')
  const files = extensions.map((extension) => `${base}.${extension}`)
  for (const file of files) writeFileSync(join(project, file), source)
  const config = `${base}.json`
  const compilerOptions = { ...BARE, module, moduleResolution, target: 'es2022', noEmit: true }
  writeFileSync(join(project, config), JSON.stringify({ files, compilerOptions }))
  return config
}

/** Every entry, so that none goes unchecked when a package is added. */
export function entriesWithTypes() {
  return publishedPackages().flatMap(({ name, manifest }) =>
    Object.entries(manifest.exports ?? {})
      .filter(([, target]) => target.import?.types)
      .map(([path]) => name + path.slice(1)),
  )
}

/**
 * The repository's compiler, and the older one that attw brings: before 5.7 `Uint8Array` takes no type argument, so an
 * inferred `Uint8Array<ArrayBuffer>` in a declaration is an error there, and there only.
 */
function compilers() {
  const require = createRequire(import.meta.url)
  const attwCli = dirname(require.resolve('@arethetypeswrong/cli/package.json'))
  const attwCore = createRequire(join(attwCli, 'package.json')).resolve('@arethetypeswrong/core')
  const found = [require, createRequire(attwCore)].map((from) => ({
    version: from('typescript/package.json').version,
    tsc: from.resolve('typescript/lib/tsc.js'),
  }))
  if (!found.some(({ version }) => Number.parseFloat(version.replace(/^5\./, '')) < 7)) {
    throw new Error('no compiler older than 5.7 is at hand: let the root install one by an alias')
  }
  return found
}
