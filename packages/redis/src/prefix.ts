import { CountersignError } from '@countersign/core'

export interface RedisOptions {
  /** What the names of all keys and of the channel begin with; `countersign:` unless said. */
  readonly prefix?: string | undefined
}

/** @throws CountersignError `option-invalid`. */
export function prefixOf({ prefix = 'countersign:' }: RedisOptions): string {
  if (typeof prefix !== 'string') throw new CountersignError('option-invalid', `prefix is ${String(prefix)}`)
  return prefix
}
