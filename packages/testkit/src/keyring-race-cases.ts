import { CountersignError, type Keyring, type KeyringStore, rotate, type StoredKeyring } from '@countersign/core'
import { expectThat, fail } from './expect.js'
import { expectLoaded, expectSaved, isSame } from './keyring-expect.js'
import { MOMENT, smallRing, vendor } from './keyring-samples.js'
import { type KeyringCase, type KeyringSession, keyringCase } from './keyring-session.js'

const SAVES = 50
const ROTATIONS = 60
/** Sixteen keys to a ring: by then the first have expired, and make room as tombstones. */
const BETWEEN_ROTATIONS_MS = 20 * 60 * 1000

/** At the same time, from both clients where there are two. */
export const raceCases: readonly KeyringCase[] = [
  keyringCase(`race: of ${SAVES} who create a ring, one does`, async (session) => {
    for (let round = 0; round < 3; round++) await expectOneSaved(session, session.name(), undefined)
  }),

  keyringCase(`race: of ${SAVES} who replace the same version, one does`, async (session) => {
    const changed = session.name()
    let version = await expectSaved(session.store, changed, smallRing())
    for (let round = 0; round < 3; round++) version = await expectOneSaved(session, changed, version)
  }),

  keyringCase(`race: ${SAVES} who create rings of different names do not disturb each other`, async (session) => {
    const rings = Array.from({ length: SAVES }, () => ({ name: session.name(), ring: smallRing() }))
    const saving = rings.map(({ name, ring }, index) => expectSaved(clientOf(session, index), name, ring))
    const versions = await Promise.all(saving)
    const loading = rings.map(({ name, ring }, index) =>
      expectLoaded(clientOf(session, index + 1), name, ring, versions[index]),
    )
    await Promise.all(loading)
  }),

  keyringCase(`race: of ${ROTATIONS} rotations by two operators, who try again, none is lost`, async (session) => {
    const name = session.name()
    await expectSaved(session.store, name, smallRing('first'))
    const rotating = Array.from({ length: ROTATIONS }, (_, index) => rotateUntilSaved(session, index, name))
    const versions = await Promise.all(rotating)
    const different = new Set(versions).size
    expectThat(different === ROTATIONS, `${ROTATIONS} versions`, `${different}`)
    const last = await session.other.load(name)
    if (last === undefined) fail('a ring', 'none')
    const history = historyOf(last.ring)
    const lost = rotationIds().filter((id) => !history.includes(id))
    expectThat(lost.length === 0, 'every rotation that was saved in the history of the ring', `without ${lost}`)
    expectThat(history.length === ROTATIONS + 1, `${ROTATIONS + 1} ids`, `${history.length}`)
    expectThat(versions.includes(last.version), 'the version of one of them', JSON.stringify(last.version))
  }),

  keyringCase('race: a load beside a save gives the ring before or after it, as it was saved', async (session) => {
    const { store, other } = session
    const name = session.name()
    let before = await savedRing(store, name)
    for (let save = 1; save < SAVES; save++) {
      const saving = savedRing(clientOf(session, save), name, before.version)
      const loads = await Promise.all([store.load(name), other.load(name), store.load(name), other.load(name)])
      const after = await saving
      for (const load of loads) expectEither(load, before, after)
      before = after
    }
  }),
]

function clientOf({ store, other }: KeyringSession, index: number): KeyringStore {
  return index % 2 === 0 ? store : other
}

/** One is saved, is there, and the others are told of a conflict. Resolves to its version. */
async function expectOneSaved(session: KeyringSession, name: string, expected: string | undefined): Promise<string> {
  const rings = Array.from({ length: SAVES }, () => smallRing())
  const saving = rings.map((ring, index) => clientOf(session, index).save(name, ring, expected))
  const results = await Promise.allSettled(saving)
  const won = results.flatMap((result, index) =>
    result.status === 'fulfilled' ? [{ ring: rings[index] as Keyring, version: result.value.version }] : [],
  )
  for (const result of results) if (result.status === 'rejected') expectConflictError(result.reason)
  const [winner] = won
  if (winner === undefined || won.length > 1) fail('one save to succeed', `${won.length} of ${SAVES}`)
  await expectLoaded(session.store, name, winner.ring, winner.version)
  await expectLoaded(session.other, name, winner.ring, winner.version)
  return winner.version
}

function expectConflictError(error: unknown): void {
  if (error instanceof CountersignError && error.code === 'version-conflict') return
  fail("the others to reject with 'version-conflict'", String(error))
}

/**
 * As an operator does it: load, rotate, save, and again from the start if another was faster. That is another's success each
 * time, so there are not more tries than rotations.
 */
async function rotateUntilSaved(session: KeyringSession, index: number, name: string): Promise<string> {
  const client = clientOf(session, index)
  for (let tries = 0; tries < ROTATIONS; tries++) {
    const last = await client.load(name)
    if (last === undefined) fail('a ring', 'none')
    const now = MOMENT + historyOf(last.ring).length * BETWEEN_ROTATIONS_MS
    const { ring } = rotate(last.ring, vendor, { id: rotationId(index), now })
    try {
      return (await client.save(name, ring, last.version)).version
    } catch (error) {
      expectConflictError(error)
    }
  }
  fail('a conflict only where another was faster', `${ROTATIONS} of them, as many as there are rotations`)
}

function rotationIds(): readonly string[] {
  return Array.from({ length: ROTATIONS }, (_, index) => rotationId(index))
}

function rotationId(index: number): string {
  return `rotation-${index}`
}

/** All ids that the ring ever had. */
function historyOf(ring: Keyring): readonly string[] {
  return [...ring.tombstones, ...ring.keys.map(({ id }) => id)]
}

async function savedRing(store: KeyringStore, name: string, expected?: string): Promise<StoredKeyring> {
  const ring = smallRing()
  return { ring, version: await expectSaved(store, name, ring, expected) }
}

function expectEither(load: StoredKeyring | undefined, before: StoredKeyring, after: StoredKeyring): void {
  const one = [before, after].find(({ version }) => version === load?.version)
  const wanted = `version '${before.version}' or '${after.version}'`
  if (load === undefined || one === undefined) fail(wanted, load === undefined ? 'none' : `'${load.version}'`)
  expectThat(isSame(load.ring, one.ring), `the ring of version '${one.version}'`, 'another')
}
