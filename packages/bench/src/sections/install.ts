import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Machine } from '../machine.js'
import { PEERS } from '../peers/index.js'
import { PEER_VERSIONS } from '../versions.js'
import { ADAPTERS } from './imports.js'

export interface Installed {
  readonly name: string
  readonly isOurs: boolean
  /** Itself and all that it brings. */
  readonly packages: number
  /** The sum of the files' lengths. */
  readonly bytes: number
}

/** `npm install` of one package into an empty project. */
export async function measureInstalls(machine: Machine): Promise<Installed[]> {
  const measured: Installed[] = []
  for (const name of ADAPTERS.map((folder) => `@countersign/${folder}`)) {
    measured.push(measure(name, true, await machine.project(nameOf(name), [name])))
  }
  for (const { id } of PEERS) {
    const version = PEER_VERSIONS[id as keyof typeof PEER_VERSIONS]
    measured.push(measure(id, false, await machine.project(nameOf(id), [], [`${id}@${version}`])))
  }
  return measured
}

const nameOf = (name: string) => `install-${name.replace(/\W+/g, '-')}`

function measure(name: string, isOurs: boolean, project: string): Installed {
  const folder = join(project, 'node_modules')
  const { packages } = JSON.parse(readFileSync(join(folder, '.package-lock.json'), 'utf8'))
  return { name, isOurs, packages: Object.keys(packages).length, bytes: bytesIn(folder) }
}

function bytesIn(folder: string): number {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name !== '.package-lock.json')
    .reduce((sum, { parentPath, name }) => sum + lstatSync(join(parentPath, name)).size, 0)
}
