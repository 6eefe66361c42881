import { createRequire } from 'node:module'
import { join } from 'node:path'
import { root } from '../checks/lib/workspace.mjs'
import { onEach, proveInside } from './proofs.mjs'

/** What each store is proved with: its clients, and a server of our own. */
const STORES = {
  redis: { clients: ['ioredis', 'redis'], start: 'startRedis' },
  postgres: { clients: ['pg', 'postgres'], start: 'startPostgres' },
}

export function isStore({ folder }) {
  return folder in STORES
}

/** Installs a store with its clients, and uses it against a real server, as ESM and as CommonJS. */
export async function proveStore(one, projects, nodes) {
  const { clients, start } = STORES[one.folder]
  const { dependencies, devDependencies } = { dependencies: {}, ...one.manifest }
  const versions = clients.map((client) => `${client}@${{ ...dependencies, ...devDependencies }[client]}`)
  const project = await projects.create(one.folder, [one], versions)
  const servers = createRequire(join(root, 'packages', 'servers', 'package.json'))('./dist/index.cjs')
  const server = await servers[start]()
  try {
    return await onEach(nodes, ({ path, version }) =>
      proveInside(project, 'store.mjs', [one.name, server.url, version], {}, path),
    )
  } finally {
    await server.stop()
  }
}
