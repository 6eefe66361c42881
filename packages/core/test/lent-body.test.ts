import { describe, expect, test } from 'vitest'
import { engine } from '#mac'
import { type BodyInput, createVerifier, type KeySource, keyring, sign, type VerifierOptions } from '../src/index.js'
import { plainVendor } from './vendors.js'

const SECRET = 'correct-horse-battery'
const TEXT = '{"amount":1}'
const OTHER = '{"amount":9}'
const utf8 = (text: string) => new TextEncoder().encode(text)
const headers = await sign(plainVendor(), SECRET, TEXT)

/** Memory of each kind that holds a text. */
const memories: Record<string, (text: string) => Uint8Array> = {
  plain: utf8,
  'part of more': (text) => new Uint8Array([0, ...utf8(text), 0]).subarray(1, -1),
  pooled: (text) => Buffer.from(text),
  shared: (text) => into(new SharedArrayBuffer(text.length), text),
  growable: (text) => into(new (SharedArrayBuffer as Growable)(text.length, { maxByteLength: 99 }), text),
  resizable: (text) => into(new (ArrayBuffer as unknown as Growable)(text.length, { maxByteLength: 99 }), text),
}
type Growable = new (length: number, options: { maxByteLength: number }) => SharedArrayBuffer

function into(buffer: ArrayBufferLike, text: string): Uint8Array {
  const view = new Uint8Array(buffer)
  view.set(utf8(text))
  return view
}

function detach(view: Uint8Array): void {
  structuredClone(view.buffer, { transfer: [view.buffer as ArrayBuffer] })
}

/** Options for a verification that waits for something on its way. */
const schema = {
  '~standard': { version: 1 as const, vendor: 'test', validate: async (value: unknown) => ({ value }) },
}
const slowKeys: KeySource = async () => {
  await new Promise((turn) => setImmediate(turn))
  return keyring([{ id: 'key-1', secret: SECRET }])
}
const waiting: Record<string, VerifierOptions<unknown>> = {
  'for keys': { keys: slowKeys },
  'for keys and a schema': { keys: slowKeys, schema },
  'for a schema': { keys: SECRET, schema },
  'for nothing': { keys: SECRET },
}
/** What is done to the memory once `verify` was called. */
const changes: Record<string, (view: Uint8Array) => void> = {
  written: (view) => view.set(utf8(OTHER)),
  detached: detach,
  shrunk: (view) => (view.buffer as unknown as { resize(length: number): void }).resize(3),
}
const cases = Object.keys(memories).flatMap((memory) =>
  Object.keys(changes)
    .filter((change) => change !== 'shrunk' || memory === 'resizable')
    .filter((change) => change !== 'detached' || !['shared', 'growable', 'pooled'].includes(memory))
    .flatMap((change) => Object.keys(waiting).map((wait) => [memory, change, wait] as const)),
)

describe('the verdict is about the bytes that were there when verify was called', () => {
  test.each(cases)('in memory that is %s and then %s, while it waits %s', async (memory, change, wait) => {
    const verifier = createVerifier(plainVendor(), waiting[wait] as VerifierOptions<unknown>)
    const right = memories[memory]?.(TEXT) as Uint8Array
    const pending = verifier.verify({ headers, body: right })
    changes[change]?.(right)
    const verdict = await pending
    expect(verdict).toMatchObject({ ok: true })
    const wrong = memories[memory]?.(OTHER) as Uint8Array
    const forged = verifier.verify({ headers, body: wrong })
    if (change === 'written') wrong.set(utf8(TEXT))
    expect(await forged).toMatchObject({ reason: 'no-matching-key' })
    if (!verdict.ok) return
    if (wait.endsWith('schema')) expect(verdict.event).toEqual({ amount: 1 })
    // Where nothing was waited for, memory of the caller's own is not copied: what it does to it shows.
    const isCopied = engine.async || 'shared growable'.includes(memory) || wait.startsWith('for keys')
    if (isCopied) expect(verdict.text()).toBe(TEXT)
    expect(verdict.body.buffer === right.buffer).toBe(!isCopied)
  })
})

describe('memory that is gone before', () => {
  const whole = { keys: SECRET }

  test.each<[string, () => BodyInput]>([
    ['bytes', () => gone(utf8(TEXT))],
    ['a buffer', () => gone(utf8(TEXT)).buffer as ArrayBuffer],
    ['part of one', () => gone(memories['part of more']?.(TEXT) as Uint8Array)],
  ])('%s: a fault of ours, and no empty body', async (_, body) => {
    const verifier = createVerifier(plainVendor(), whole)
    const ofEmpty = { headers: await sign(plainVendor(), SECRET, ''), body: body() }
    await expect(verifier.verify(ofEmpty)).rejects.toMatchObject({ code: 'body-unreadable' })
  })

  test.each([new Uint8Array(), new ArrayBuffer(0), Buffer.alloc(0), '', null, undefined])(
    'an empty body of any make is one: %o',
    async (body) => {
      const verifier = createVerifier(plainVendor(), whole)
      const given = { headers: await sign(plainVendor(), SECRET, ''), body }
      expect(await verifier.verify(given)).toMatchObject({ ok: true })
    },
  )

  function gone(view: Uint8Array): Uint8Array {
    detach(view)
    return view
  }
})
