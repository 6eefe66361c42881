import { memoryStore } from '@countersign/http'
import { type SuiteCase, storeSuite } from '@countersign/testkit'

/** The store that works in every runtime, by the testkit's suite of stores. Its clock is stepped, so that nothing waits. */
export function memoryStoreCases(): readonly SuiteCase[] {
  const suite = storeSuite(async () => {
    let now = 0
    return {
      store: memoryStore({ now: () => now }),
      advance: async (ms: number) => {
        now += ms
      },
    }
  })
  return suite.map(({ name, run }) => ({ name: `memory store: ${name}`, run }))
}
