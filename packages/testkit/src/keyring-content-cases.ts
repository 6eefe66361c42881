import { type Keyring, keyring } from '@countersign/core'
import { expectAbsent, expectLoaded, expectSaved } from './keyring-expect.js'
import {
  largestRing,
  ringOfDates,
  ringOfSecrets,
  ringOfTombstones,
  SECRET_TEXTS,
  smallRing,
} from './keyring-samples.js'
import { type KeyringCase, keyringCase } from './keyring-session.js'

/** A ring comes back as it was saved: what is lost here is lost for good. */
export const contentCases: readonly KeyringCase[] = [
  keyringCase('load: undefined where there is none', async ({ store, other, name }) => {
    const absent = name()
    await expectAbsent(store, absent)
    await expectSaved(store, name(), smallRing())
    await expectAbsent(other, absent)
  }),

  comesBack('a ring of one key', () => smallRing()),
  comesBack(`secrets in each encoding, ${SECRET_TEXTS.length} texts`, ringOfSecrets),
  comesBack('all dates, slots and odd ids', ringOfDates),
  comesBack('the ids of keys that are gone', ringOfTombstones),
  comesBack('sixteen keys, long ids and long secrets', largestRing),
  comesBack('a ring without keys', () => keyring([])),

  keyringCase('content: what replaces a ring leaves nothing of the old one', async ({ store, other, name }) => {
    const changed = name()
    const version = await expectSaved(store, changed, largestRing())
    const next = await expectSaved(store, changed, smallRing('only'), version)
    const last = keyring([])
    await expectLoaded(other, changed, last, await expectSaved(other, changed, last, next))
  }),
]

function comesBack(what: string, ring: () => Keyring): KeyringCase {
  return keyringCase(`content: ${what}: it comes back as it was saved`, async ({ store, other, name }) => {
    const saved = ring()
    const [created, replaced] = [name(), name()]
    const version = await expectSaved(store, created, saved)
    await expectLoaded(store, created, saved, version)
    await expectLoaded(other, created, saved, version)
    const first = await expectSaved(store, replaced, smallRing())
    await expectLoaded(other, replaced, saved, await expectSaved(store, replaced, saved, first))
  })
}
