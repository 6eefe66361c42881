import { type ProviderUnderTest, type ProviderVectors, providerSuite } from '../src/index.js'

/** The cases that fail, with their messages. */
export async function failuresOf(provider: ProviderUnderTest, vectors: ProviderVectors): Promise<readonly string[]> {
  const failures: string[] = []
  for (const { name, run } of providerSuite(provider, vectors)) {
    await run().catch((error: unknown) => failures.push(`${name} [${String(error)}]`))
  }
  return failures
}
