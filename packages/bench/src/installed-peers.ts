import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LOAD_FILE, LOAD_TEXT } from './load.js'
import type { Machine } from './machine.js'
import { PEER_VERSIONS } from './versions.js'

/** The folder in which the peers are installed, beside a file that imports them. */
export async function installedPeers(machine: Machine): Promise<string> {
  const folder = await machine.installed('peers', PEER_VERSIONS)
  writeFileSync(join(folder, LOAD_FILE), LOAD_TEXT)
  return folder
}
