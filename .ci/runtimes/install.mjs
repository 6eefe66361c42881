import { accessSync, constants, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { npmInstall } from '../checks/lib/npm.mjs'
import { mustRun } from '../checks/lib/run.mjs'
import { OVERRIDES, VERSIONS } from './versions.mjs'

/** All that is installed stands here, and git does not see it. */
export const FOLDER = join(dirname(fileURLToPath(import.meta.url)), '.installed')

/**
 * The folder in which a runtime's packages are installed, in their pinned versions: those of an earlier run, or new ones.
 *
 * @returns {Promise<string>}
 */
export function installed(name) {
  return installIn(join(FOLDER, name), VERSIONS[name], name)
}

/** The same for any packages, in a folder that is theirs alone. */
export async function installIn(folder, versions, name) {
  const packages = Object.entries(versions)
  if (packages.every(([one, version]) => version.split('@').at(-1) === versionIn(folder, one))) return folder
  console.error(`${name}: installing`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, overrides: OVERRIDES[name] }))
  await npmInstall(
    folder,
    packages.map(([one, version]) => `${one}@${version}`),
  )
  return folder
}

function versionIn(folder, name) {
  try {
    const { version } = JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8'))
    // Some of Node's are written v20.12.0.
    return version.replace(/^v/, '')
  } catch {
    return undefined
  }
}

/** The path of Debian's Chromium, which is installed where there is none. */
export async function installedChromium() {
  const found = onPath('chromium')
  if (found !== undefined) return found
  console.error("chromium: installing Debian's package")
  // Something else may be installing, too.
  const flags = ['-q', '-o', 'DPkg::Lock::Timeout=120']
  await mustRun('apt-get', ['update', ...flags])
  await mustRun('apt-get', ['install', '-y', '--no-install-recommends', ...flags, 'chromium'])
  return onPath('chromium')
}

function onPath(command) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, command))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK)
        return true
      } catch {
        return false
      }
    })
}
