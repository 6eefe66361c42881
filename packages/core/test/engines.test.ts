import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { createVerifier, sign, type Verdict } from '../src/index.js'
import { anyBody, anyRing, anyVendor, NOW } from './arbitraries.js'

describe('both engines', () => {
  test('give equal verdicts on arbitrary headers', async () => {
    const other = await coreOnTheOtherEngine()
    const schemes = fc.tuple(anyVendor, anyRing, anyBody)
    const value = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(fc.string({ unit: 'binary', maxLength: 60 }), { maxLength: 3 }),
      fc.constant(undefined),
    )
    const spoil = fc.oneof(
      { weight: 2, arbitrary: fc.constant(undefined) },
      {
        weight: 3,
        arbitrary: fc.dictionary(fc.constantFrom('X-Sig', 'x-sig', 'X-Time', 'X-Id', 'X-Token', 'other'), value),
      },
    )
    await fc.assert(
      fc.asyncProperty(schemes, spoil, async ([provider, ring, body], spoiled) => {
        const headers = { ...(await sign(provider, ring, body, { now: NOW, id: 'evt_1' })), ...spoiled }
        expect(await other.sign(provider, ring, body, { now: NOW, id: 'evt_1' })).toEqual(
          await sign(provider, ring, body, { now: NOW, id: 'evt_1' }),
        )
        const options = { keys: ring, now: () => NOW }
        const ours = await createVerifier(provider, options).verify({ headers, body })
        const theirs = await other.createVerifier(provider, options).verify({ headers, body })
        expect(contentOf(theirs)).toEqual(contentOf(ours))
      }),
      { numRuns: 500 },
    )
  })

  /** A second copy of core in this process, on the engine that the first one does not use: it mixes with it, too. */
  async function coreOnTheOtherEngine(): Promise<typeof import('../src/index.js')> {
    const { engine } = await import('#mac')
    vi.resetModules()
    if (!engine.async) vi.doMock('../src/mac.node.js', () => import('../src/mac.web.js'))
    else vi.doMock('../src/mac.web.js', () => import('../src/mac.node.js'))
    const copy = await import('../src/index.js')
    expect((await import('#mac')).engine.async).toBe(!engine.async)
    expect(copy.createVerifier).not.toBe(createVerifier)
    vi.doUnmock('../src/mac.node.js')
    vi.doUnmock('../src/mac.web.js')
    vi.resetModules()
    return copy
  }

  function contentOf(verdict: Verdict): unknown {
    return verdict.ok ? { ...verdict, body: [...verdict.body], event: verdict.event } : verdict
  }
})
