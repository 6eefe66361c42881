// The web's types by their global names where a project has them (the DOM library, @types/node, Workers' types), so that a
// receiver fits wherever a `(request: Request) => Promise<Response>` is wanted; else what is used of them. A plain
// `Response` would not compile in a project that has neither.

type Global<Name extends string, Otherwise> =
  typeof globalThis extends Record<Name, { prototype: infer Instance }> ? Instance : Otherwise

/** The web's `Response`. */
export type WebResponse = Global<
  'Response',
  {
    /** The HTTP status. */
    readonly status: number
  }
>

/** The web's `AbortSignal`. */
export type WebAbortSignal = Global<
  'AbortSignal',
  {
    /** Whether it is over. */
    readonly aborted: boolean
    /** Why. */
    readonly reason: unknown
    /** Has a function called when it is over. */
    addEventListener(type: 'abort', listener: () => void): void
  }
>
