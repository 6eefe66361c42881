import { CountersignError } from '@countersign/core'

/** Where in a Redis the keys are. */
export interface RedisOptions {
  /** What the names of all keys and of the channel begin with; `countersign:` unless said. */
  readonly prefix?: string | undefined
}

/** A prefix that is misspelled would be another store, without a word. @throws CountersignError `option-invalid`. */
export function prefixOf(options: RedisOptions): string {
  const { prefix = 'countersign:', ...unknown } = Object(options)
  if (typeof options === 'object' && Object.keys(unknown).length === 0 && typeof prefix === 'string') return prefix
  throw new CountersignError('option-invalid', "the one option is prefix, a text, such as { prefix: 'countersign:' }")
}
