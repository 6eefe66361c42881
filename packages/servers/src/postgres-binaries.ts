import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { folderOf, foldersOnPath } from './binaries.js'

/** Debian keeps the servers of several versions off the path, each in a folder of its own. */
const DEBIAN = '/usr/lib/postgresql'

/** Where `initdb` and `postgres` are. @throws Error if they are not installed. */
export function postgresFolder(): string {
  const folder = folderOf(['initdb', 'postgres'], [...foldersOnPath(), ...configuredFolder(), ...debianFolders()])
  if (folder === undefined) throw new Error('the PostgreSQL server is not installed: apt-get install -y postgresql')
  return folder
}

function configuredFolder(): readonly string[] {
  try {
    return [execFileSync('pg_config', ['--bindir'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()]
  } catch {
    return []
  }
}

/** The newest first. */
function debianFolders(): readonly string[] {
  try {
    const versions = readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a))
    return versions.map((version) => join(DEBIAN, version, 'bin'))
  } catch {
    return []
  }
}
