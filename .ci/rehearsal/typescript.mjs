import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inPool } from '../checks/lib/pool.mjs'
import { mustRun } from '../checks/lib/run.mjs'
import { prove } from '../pack-test/proofs.mjs'
import { entriesWithTypes } from '../pack-test/types.mjs'
import { installed } from '../runtimes/install.mjs'
import { VERSIONS } from '../runtimes/versions.mjs'

/** How a program's imports are resolved: `preserve` lets a bundler's program have both forms, as its sources may. */
export const RESOLUTIONS = { node16: 'node16', nodenext: 'nodenext', bundler: 'preserve' }

const OPTIONS = { lib: ['ES2022', 'DOM'], types: [], strict: true, exactOptionalPropertyTypes: true, target: 'es2022' }

/** The program of a user, as ESM and as CommonJS, with every compiler and every way of resolving; all declarations checked. */
export async function proveCompilers(project) {
  const folder = await installed('typescript')
  const programs = Object.entries(RESOLUTIONS).map(([resolution, module]) => ({
    resolution,
    config: writeProgram(project, resolution, module),
  }))
  const compilers = Object.keys(VERSIONS.typescript)
  const runs = compilers.flatMap((compiler) => programs.map((program) => ({ compiler, ...program })))
  const proofs = inPool(runs, async ({ compiler, resolution, config }) => {
    const tsc = join(folder, 'node_modules', compiler, 'bin', 'tsc')
    const compile = async () => void (await mustRun(process.execPath, [tsc, '-p', config], { cwd: project }))
    const version = VERSIONS.typescript[compiler].split('@').at(-1)
    return { ...(await prove(`TypeScript ${version}, ${resolution}`, compile)), version, resolution }
  })
  return Promise.all(proofs)
}

function writeProgram(project, resolution, module) {
  const types = entriesWithTypes().map((entry, index) => `export * as entry${index} from '${entry}'\n`)
  const source = readFileSync(join(project, 'consumer.ts'), 'utf8') + types.join('')
  const files = ['mts', 'cts'].map((extension) => `consumer-${resolution}.${extension}`)
  for (const file of files) writeFileSync(join(project, file), source)
  const config = `consumer-${resolution}.json`
  const compilerOptions = { ...OPTIONS, module, moduleResolution: resolution, noEmit: true }
  writeFileSync(join(project, config), JSON.stringify({ files, compilerOptions }))
  return config
}
