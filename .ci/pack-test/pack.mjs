import { inPool } from '../checks/lib/pool.mjs'
import { mustRun } from '../checks/lib/run.mjs'
import { publishedPackages } from '../checks/lib/workspace.mjs'

/**
 * Packs every package as it would be published: pnpm writes real versions where the manifests say `workspace:^`.
 *
 * @returns {Promise<Map<string, string>>} The tarballs' paths, by the packages' names.
 */
export async function packAll(destination) {
  const packing = inPool(publishedPackages(), async ({ name, path }) => {
    const packed = await mustRun('pnpm', ['pack', '--json', '--pack-destination', destination], { cwd: path })
    return [name, JSON.parse(packed).filename]
  })
  // One that fails must not leave the others writing into a folder that is being removed.
  await Promise.allSettled(packing)
  return new Map(await Promise.all(packing))
}
