import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))))

/** The path of a tool that the root package.json installs. */
export const tool = (name) => join(root, 'node_modules', '.bin', name)

/** Packages with a part of their own; every other one is an adapter of one provider. */
const NOT_ADAPTERS = ['core', 'testkit', 'http', 'redis', 'postgres', 'servers', 'cli', 'playground', 'bench']

/**
 * The packages of this repository, by folder name.
 *
 * @returns {{ folder: string, path: string, name: string, manifest: object, isAdapter: boolean }[]}
 */
export function workspacePackages() {
  const parent = join(root, 'packages')
  return readdirSync(parent)
    .filter((folder) => existsSync(join(parent, folder, 'package.json')))
    .map((folder) => {
      const path = join(parent, folder)
      const manifest = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'))
      return { folder, path, name: manifest.name, manifest, isAdapter: !NOT_ADAPTERS.includes(folder) }
    })
}

/** Those that are published: a private one travels inside of another, or stays here. */
export function publishedPackages() {
  return workspacePackages().filter(({ manifest }) => !manifest.private)
}

/** What an adapter exports beside the core: the one function that makes its provider. */
export function factoryName(adapter, core) {
  const own = Object.keys(adapter).filter((name) => !(name in core) && typeof adapter[name] === 'function')
  if (own.length !== 1) throw new Error(`one function of its own is expected beside the core's exports, not: ${own}`)
  return own[0]
}
