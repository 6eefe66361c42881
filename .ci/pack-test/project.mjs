import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { npmInstall } from '../checks/lib/npm.mjs'
import { publishedPackages } from '../checks/lib/workspace.mjs'

const inside = join(dirname(fileURLToPath(import.meta.url)), 'inside')

/** Where projects get our packages from: the tarballs, by the packages' names. */
export function fromTarballs(tarballs) {
  return {
    origin: 'file:',
    // All of ours on the one command line, so that none of them is asked of a registry.
    specifiers: (packages) => closure(packages).map((name) => tarballs.get(name)),
  }
}

/** Where projects get our packages from: a registry, which they ask for all others, too. */
export function fromRegistry(url, cache) {
  return {
    origin: url,
    specifiers: (packages) => packages.map(({ name, manifest }) => `${name}@${manifest.version}`),
    // Of its own, since what is published there tomorrow has the same names and versions.
    // And where each came from stands in the lockfile, even where a machine's settings leave that out.
    flags: [`--registry=${url}`, `--cache=${cache}`, '--omit-lockfile-registry-resolved=false'],
  }
}

/**
 * Makes projects in which packages are installed as a user's would be. The files of the folder `contents` stand in
 * each, unless it is null.
 */
export function createProjects(folder, { origin, specifiers, flags }, contents = inside) {
  /** @returns {Promise<string>} The project's folder. */
  async function create(name, packages, others = []) {
    const project = join(folder, name)
    mkdirSync(project)
    writeFileSync(join(project, 'package.json'), '{ "private": true }\n')
    if (contents !== null) cpSync(contents, project, { recursive: true })
    await npmInstall(project, [...specifiers(packages), ...others], flags)
    requireOrigin(project, origin)
    return project
  }

  return { create }
}

/** The names of the packages and of those of ours that they depend on, at any depth. */
function closure(packages) {
  const byName = new Map(publishedPackages().map((one) => [one.name, one]))
  const found = new Set()
  function find({ name, manifest }) {
    if (found.has(name)) return
    found.add(name)
    for (const dependency of Object.keys(manifest.dependencies ?? {})) {
      if (byName.has(dependency)) find(byName.get(dependency))
    }
  }
  packages.forEach(find)
  return [...found]
}

function requireOrigin(project, origin) {
  const ours = new Set(publishedPackages().map(({ name }) => name))
  const { packages } = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8'))
  for (const [path, { resolved }] of Object.entries(packages)) {
    const name = path.split('node_modules/').at(-1)
    if (ours.has(name) && !resolved?.startsWith(origin)) throw new Error(`${name} did not come from ${origin}`)
  }
}
