import { type ParsedEvent, parseJson } from './accepted.js'
import { type Rejected, reject } from './verdict.js'

/** A validator of any library, by the Standard Schema interface (standardschema.dev). */
export interface StandardSchema<Output> {
  /** The interface itself. */
  readonly '~standard': {
    /** The version of the interface. */
    readonly version: 1
    /** The name of the library. */
    readonly vendor: string
    /** Resolves to an object with `value`, or with `issues`; what it throws is `schema-failed`. */
    readonly validate: (value: unknown) => unknown
    /** Type only. */
    readonly types?:
      | {
          /** What goes in. */
          readonly input: unknown
          /** What a verdict has as its `event`. */
          readonly output: Output
        }
      | undefined
  }
}

/** What a validator returns: a value, or the issues. */
interface Result {
  readonly value?: unknown
  readonly issues?: readonly Issue[] | undefined
}

interface Issue {
  readonly path?: readonly unknown[] | undefined
}

/** What a schema makes of a body. What it throws is its fault and not the sender's. */
export async function applySchema(schema: StandardSchema<unknown>, body: Uint8Array): Promise<ParsedEvent | Rejected> {
  const json = parseJson(body)
  if (json === undefined) return reject('invalid-payload', 'no JSON')
  const { issues, value } = (await schema['~standard'].validate(json)) as Result
  if (!issues) return { value }
  // Where the payload is wrong first, never how: an issue's message may quote the value.
  const path = (issues[0]?.path ?? []).map((segment) => (segment as { key?: unknown }).key ?? segment)
  return reject('invalid-payload', `at ${path.join('.').slice(0, 99)}`)
}
