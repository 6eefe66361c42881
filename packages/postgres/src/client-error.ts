/**
 * What can be told of an error that a client threw. Clients attach the statement's values, and PostgreSQL the row: where
 * keyrings are kept in the clear, these are secrets.
 */
export function tellable(error: unknown): Error {
  const { name, message, stack, code } = (error ?? {}) as Partial<
    Record<'name' | 'message' | 'stack' | 'code', unknown>
  >
  const told = new Error(typeof message === 'string' ? message : 'the client threw what is no error')
  for (const [property, value] of Object.entries({ name, stack, code })) {
    if (typeof value === 'string') Object.defineProperty(told, property, { value, configurable: true, writable: true })
  }
  return told
}

/** The five characters by which PostgreSQL names an error; another code where it was not PostgreSQL that failed. */
export function codeOf(error: unknown): string | undefined {
  const { code } = (error ?? {}) as { code?: unknown }
  return typeof code === 'string' ? code : undefined
}
