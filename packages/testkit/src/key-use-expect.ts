import type { KeyUseRecord, KeyUseRecords } from '@countersign/core'
import { expectThat } from './expect.js'

/** Any moment: nothing depends on what the clock says. */
export const MOMENT = 1_767_225_600_000

/** When a key was used, by the number of milliseconds after that moment. */
export function use(keyId: string, afterMs: number): KeyUseRecord {
  return { keyId, lastUsed: MOMENT + afterMs }
}

/** These, each once, and nothing else. */
export async function expectUses(
  store: KeyUseRecords,
  ring: string,
  uses: readonly KeyUseRecord[],
  what = 'the latest use of each key',
): Promise<void> {
  const [wanted, seen] = [textOf(uses), textOf(await store.read(ring))]
  expectThat(seen === wanted, `${what}: ${wanted}`, seen)
}

function textOf(uses: readonly KeyUseRecord[]): string {
  const texts = uses.map(({ keyId, lastUsed }) => `${JSON.stringify(keyId)} at ${JSON.stringify(lastUsed)}`)
  return texts.sort().join(', ') || 'none'
}
