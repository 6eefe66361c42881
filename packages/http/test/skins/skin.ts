import { integrationSuite, type SkinUnderTest } from '@countersign/testkit/integration'
import { describe, it } from 'vitest'
import { createReceiver, memoryStore, type Receiver } from '../../src/index.js'

/** Where a receiver is put: what it listens on, or what is called. */
type Serve = (receiver: Receiver) => ReturnType<SkinUnderTest['start']>

interface Skin {
  readonly serve: Serve
  /** The same behind the framework's own body parser. */
  readonly serveParsed?: Serve
  readonly fix?: string
  readonly endpoint?: 'called'
  /** What the framework answers itself, before a receiver could. */
  readonly isBeyond?: (name: string) => boolean
}

/** Runs the integration suite on a skin. */
export function describeSkin(name: string, { serve, serveParsed, isBeyond, ...rest }: Skin): void {
  const startOf =
    (serve: Serve): SkinUnderTest['start'] =>
    ({ verifier, options }) =>
      serve(createReceiver(verifier, options))
  const skin: SkinUnderTest = {
    ...rest,
    start: startOf(serve),
    ...(serveParsed && { startParsed: startOf(serveParsed) }),
    store: memoryStore,
  }
  describe(`${name}, integration`, () => {
    for (const { name, run } of integrationSuite(skin)) if (!isBeyond?.(name)) it(name, run)
  })
}
