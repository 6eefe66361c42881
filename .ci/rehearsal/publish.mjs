import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { mustRun } from '../checks/lib/run.mjs'
import { publishedPackages, root } from '../checks/lib/workspace.mjs'

/**
 * Publishes all packages of this copy as `npm run release` does. There is nothing here that could attest where they were
 * built, so that is left out.
 */
export async function publishAll({ url, token }) {
  const { host } = new URL(url)
  appendFileSync(join(root, '.npmrc'), `registry=${url}\n//${host}/:_authToken=${token}\nprovenance=false\n`)
  const env = { ...process.env, npm_config_registry: url, NPM_CONFIG_PROVENANCE: 'false' }
  const printed = await mustRun('pnpm', ['exec', 'changeset', 'publish'], { cwd: root, env })
  for (const { name, manifest } of publishedPackages()) await requirePublished(url, name, manifest.version, printed)
}

/** changesets may be content with less. */
async function requirePublished(url, name, version, printed) {
  const response = await fetch(`${url}${name.replace('/', '%2f')}/${version}`)
  if (!response.ok) throw new Error(`${name} ${version} is not there (${response.status}):\n${printed}`)
}
