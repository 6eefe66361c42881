import { type ErrorCode, exportKeyring, type Keyring, keyring, secret } from '@countersign/core'
import { toBase64, toHex } from './digest-text.js'
import { expectThat } from './expect.js'
import { expectCode, expectSaved } from './keyring-expect.js'
import { smallRing } from './keyring-samples.js'
import { type KeyringCase, type KeyringSession, keyringCase } from './keyring-session.js'

/** How deep errors are looked into: a cause, its command, that one's arguments. */
const DEPTH = 6

/** No error tells a secret: not in its message, its stack, its causes, nor in what a client has attached to it. */
export const leakCases: readonly KeyringCase[] = [
  withoutLeak('that there is a ring already', 'version-conflict', async ({ store, name }, ring) => {
    const taken = name()
    await expectSaved(store, taken, ring)
    return () => store.save(taken, ring, undefined)
  }),
  withoutLeak('that another version is there', 'version-conflict', async ({ store, name }, ring) => {
    const changed = name()
    const first = await expectSaved(store, changed, smallRing())
    await expectSaved(store, changed, ring, first)
    return () => store.save(changed, ring, first)
  }),
  withoutLeak('that there is none of that version', 'version-conflict', async ({ store, name }, ring) => {
    const absent = name()
    return () => store.save(absent, ring, '1')
  }),
  withoutLeak('that this is no name', 'keyring-name-invalid', async ({ store }, ring) => {
    return () => store.save('no name', ring, undefined)
  }),
  withoutLeak('that the store is down, of a new ring', 'store-failed', async ({ store, subject, name }, ring) => {
    if (subject.breakDown === undefined) return undefined
    await expectSaved(store, name(), smallRing())
    await subject.breakDown()
    return () => store.save(name(), ring, undefined)
  }),
  withoutLeak('that the store is down, of a ring that was there', 'store-failed', async (session, ring) => {
    const { store, subject, name } = session
    if (subject.breakDown === undefined) return undefined
    const kept = name()
    const version = await expectSaved(store, kept, ring)
    await subject.breakDown()
    return () => store.save(kept, ring, version)
  }),
]

/** `prepare` gives the save that has to fail, or undefined where the store cannot be made to fail. */
function withoutLeak(
  what: string,
  code: ErrorCode,
  prepare: (session: KeyringSession, ring: Keyring) => Promise<(() => Promise<unknown>) | undefined>,
): KeyringCase {
  return keyringCase(`leaks: no secret in the error ${what}`, async (session) => {
    const text = `leak-${crypto.randomUUID()}`
    const ring = keyring([{ id: 'key-1', secret: secret(text) }])
    const save = await prepare(session, ring)
    if (save === undefined) return
    try {
      expectNoLeak(text, ring, await expectCode('save', save(), code))
    } finally {
      if (code === 'store-failed') await session.subject.mend?.()
    }
  })
}

function expectNoLeak(text: string, ring: Keyring, error: Error): void {
  const bytes = new TextEncoder().encode(text)
  const exported = exportKeyring(ring)
  const needles = {
    'the secret': text,
    'the secret in hex': toHex(bytes),
    // Less its end, which depends on what follows.
    'the secret in base64': toBase64(bytes).slice(0, 40),
    'the ring in base64': toBase64(new TextEncoder().encode(exported)).slice(0, 40),
  }
  const texts = [String(error), JSON.stringify(error) ?? '', ...textsIn(error, DEPTH)]
  for (const [what, needle] of Object.entries(needles)) {
    const found = texts.findIndex((one) => one.includes(needle))
    // The text is not shown: it would end up in the log of whatever runs this.
    expectThat(found < 0, `nothing that tells ${what}`, 'it in the error')
  }
}

/** All texts that a logger could find, also where they are not enumerable; of bytes, what they spell. */
function textsIn(value: unknown, depth: number): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null || depth === 0) return []
  if (ArrayBuffer.isView(value)) {
    return [new TextDecoder().decode(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))]
  }
  const inner = value instanceof Map ? [...value].flat() : value instanceof Set ? [...value] : ownValues(value)
  return inner.flatMap((one) => textsIn(one, depth - 1))
}

/** Of getters, nothing: what they run is not for a suite to start. */
function ownValues(value: object): readonly unknown[] {
  return Object.values(Object.getOwnPropertyDescriptors(value)).map((property) => property.value)
}
