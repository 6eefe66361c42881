import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { npmInstall } from '../checks/lib/npm.mjs'
import { publishedPackages } from '../checks/lib/workspace.mjs'

const inside = join(dirname(fileURLToPath(import.meta.url)), 'inside')

/**
 * Makes projects in which packages are installed from their tarballs, as a user's would be from the registry. The files of
 * the folder `contents` stand in each, unless it is null.
 */
export function createProjects(folder, tarballs, contents = inside) {
  const byName = new Map(publishedPackages().map((one) => [one.name, one]))

  /** The packages and those of ours that they depend on, at any depth. */
  function closure(packages, found = new Set()) {
    for (const { name, manifest } of packages) {
      if (found.has(name)) continue
      found.add(name)
      const ours = Object.keys(manifest.dependencies ?? {}).filter((dependency) => byName.has(dependency))
      closure(
        ours.map((dependency) => byName.get(dependency)),
        found,
      )
    }
    return [...found]
  }

  /** @returns {Promise<string>} The project's folder. */
  async function create(name, packages, others = []) {
    const project = join(folder, name)
    mkdirSync(project)
    writeFileSync(join(project, 'package.json'), '{ "private": true }\n')
    if (contents !== null) cpSync(contents, project, { recursive: true })
    // All of ours on the one command line, so that none of them is asked of a registry.
    const names = closure(packages)
    await npmInstall(project, [...names.map((one) => tarballs.get(one)), ...others])
    requireTarballs(project, byName)
    return project
  }

  return { create }
}

function requireTarballs(project, byName) {
  const { packages } = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8'))
  for (const [path, { resolved }] of Object.entries(packages)) {
    const name = path.split('node_modules/').at(-1)
    if (byName.has(name) && !resolved?.startsWith('file:')) throw new Error(`${name} did not come from its tarball`)
  }
}
