import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Setting } from './contender.js'

export interface Folders {
  /** Of this repository, or of another checkout of it, built. */
  readonly repository: string
  /** Where the peers are installed. */
  readonly peers: string
}

/** The file that an installed folder has beside its node_modules: an import there looks for the packages there. */
export const LOAD_FILE = 'load.mjs'
export const LOAD_TEXT = 'export const load = (name) => import(name)\n'

/** Ours as they are published, from `dist`; the peers from where they are installed. */
export function loaderOf({ repository, peers }: Folders): Setting['load'] {
  return async (name) => {
    const [, folder] = /^@countersign\/(.*)$/.exec(name) ?? []
    if (folder) return import(pathToFileURL(join(repository, 'packages', folder, 'dist', 'index.js')).href)
    const { load } = await import(pathToFileURL(join(peers, LOAD_FILE)).href)
    return load(name)
  }
}
