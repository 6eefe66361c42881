/** One expectation. `run` rejects with an Error that says what was expected and what was seen. */
export interface SuiteCase {
  /** Unique within its suite; it says the expectation. */
  readonly name: string
  /** Tries it out. Call it in a test of whichever framework. */
  run(): Promise<void>
}

/** A case, from a function that throws if the expectation is not met. */
export function suiteCase(name: string, run: () => void | Promise<void>): SuiteCase {
  return Object.freeze({ name, run: async () => run() })
}
