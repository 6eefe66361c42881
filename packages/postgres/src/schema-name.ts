import { CountersignError } from '@countersign/core'

/** Where the tables are. */
export interface SchemaOption {
  /**
   * The PostgreSQL schema in which the tables are: a letter or `_`, then letters, digits, `_` or `-`, 54 in all at most, and
   * not one that begins with `pg_`. Upper and lower case differ. Default `countersign`.
   */
  readonly schema?: string | undefined
}

const DEFAULT_SCHEMA = 'countersign'

/** 54, so that with what the channel adds it is no longer than a name can be. Nothing that could end a quotation. */
const NAME = /^(?!pg_)[A-Za-z_][A-Za-z0-9_-]{0,53}$/

/** @throws CountersignError `option-invalid`. */
export function schemaName(schema: string = DEFAULT_SCHEMA): string {
  if (typeof schema === 'string' && NAME.test(schema)) return schema
  throw new CountersignError(
    'option-invalid',
    `schema must be up to 54 letters, digits, _ or -, and not begin with pg_`,
  )
}

/** A schema that is misspelled would be another store, without a word. @throws CountersignError `option-invalid`. */
export function requireOptions(options: unknown, names: readonly string[]): void {
  const isOptions = typeof options === 'object' && options !== null
  if (isOptions && Object.keys(options).every((name) => names.includes(name))) return
  throw new CountersignError('option-invalid', `options are an object with: ${names.join(', ')}`)
}

/** The full name of a table, as a statement has it. */
export function tableIn(schema: string, table: 'deliveries' | 'keyrings' | 'key_uses'): string {
  return `"${schema}".${table}`
}

/** The channel on which changes of keyrings are told. Its name is as long as one can be. */
export function channelOf(schema: string): string {
  return `${schema}.keyrings`
}
