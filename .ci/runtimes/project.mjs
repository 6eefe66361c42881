import { mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { publishedPackages } from '../checks/lib/workspace.mjs'
import { packAll } from '../pack-test/pack.mjs'
import { createProjects, fromTarballs } from '../pack-test/project.mjs'
import { FOLDER } from './install.mjs'
import { ZOD } from './versions.mjs'

const here = dirname(fileURLToPath(import.meta.url))

/** Entries that are bundled whole, each with the conditions by which its platform's bundlers choose. */
const BUNDLES = [
  { entry: 'worker.mjs', outfile: 'worker.bundle.mjs', format: 'esm', conditions: ['workerd', 'worker', 'browser'] },
  { entry: 'page.mjs', outfile: 'edge-vm.bundle.js', format: 'iife', conditions: ['edge-light', 'worker', 'browser'] },
  { entry: 'page.mjs', outfile: 'page.bundle.js', format: 'iife', conditions: ['browser'] },
]

/**
 * Makes the project in which every runtime runs the suite: the packages from their tarballs, packed this very moment, and
 * beside them the suite, which imports them by name.
 *
 * @returns {Promise<string>} Its folder.
 */
export async function createProject() {
  const folder = join(FOLDER, 'packages')
  // Whatever an earlier run left is of an older build.
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const projects = createProjects(folder, fromTarballs(await packAll(folder)), join(here, 'inside'))
  const project = await projects.create('project', publishedPackages(), [ZOD])
  await build({
    entryPoints: [join(here, 'suite', 'suite.ts')],
    outfile: join(project, 'suite.mjs'),
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    packages: 'external',
    // The suite's own tsconfig.json leads to the sources: good for its types, and wrong here.
    tsconfigRaw: {},
    logLevel: 'silent',
  })
  for (const { entry, outfile, format, conditions } of BUNDLES) {
    await build({
      ...{ entryPoints: [entry], outfile, format, conditions, absWorkingDir: project },
      ...{ bundle: true, platform: 'browser', target: 'es2022', logLevel: 'silent' },
    })
  }
  return project
}
