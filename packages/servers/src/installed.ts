import { folderOf, foldersOnPath } from './binaries.js'
import { postgresFolder } from './postgres-binaries.js'

/** Where `redis-server` is. @throws Error if it is not installed. */
export function redisFolder(): string {
  const folder = folderOf(['redis-server'], foldersOnPath())
  if (folder === undefined) throw new Error('redis-server is not installed: apt-get install -y redis-server')
  return folder
}

/** Why a server cannot be started here, and what to do about it; undefined if it can. */
export function missing(server: 'redis' | 'postgres'): string | undefined {
  try {
    if (server === 'redis') redisFolder()
    else postgresFolder()
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}
