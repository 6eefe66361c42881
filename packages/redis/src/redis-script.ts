import { createHash } from 'node:crypto'

/** A script in Lua that touches one key, KEYS[1], and runs as a whole or not at all. */
export interface RedisScript {
  /** For errors. */
  readonly name: string
  readonly source: string
  /** By what the server knows it, once it has seen it. */
  readonly sha1: string
}

export function redisScript(name: string, source: string): RedisScript {
  return { name, source, sha1: createHash('sha1').update(source).digest('hex') }
}
