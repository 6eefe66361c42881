import { describe, expect, it } from 'vitest'
import { type FetchRequest, readBody } from '../src/body.js'

/** A request whose body comes in chunks of these sizes; its bytes count up. */
function requestOf(sizes: readonly number[]): FetchRequest {
  let count = 0
  const chunks = sizes.map((size) => Uint8Array.from({ length: size }, () => count++))
  const reader = {
    read: async () => {
      const value = chunks.shift()
      return value ? { done: false, value } : { done: true }
    },
    cancel: async () => {},
  }
  const body = { locked: false, getReader: () => reader }
  return { method: 'POST', url: '', headers: new Headers(), bodyUsed: false, body, arrayBuffer: () => Promise.reject() }
}

const ones = (length: number) => Array.from({ length }, () => 1)

describe('a body', () => {
  it.each([[], [0], [3], [1, 2, 3], [5, 0, 300, 1], ones(1000), [1, 4096, 1, 70_000]])(
    'in chunks of %j is whole',
    async (...sizes) => {
      const length = sizes.reduce((sum, size) => sum + size, 0)
      const body = await readBody(requestOf(sizes), length)
      expect(body).toEqual(Uint8Array.from({ length }, (_, index) => index))
      // Nothing behind it, such as of an upload before.
      expect(body?.buffer.byteLength).toBe(length)
    },
  )

  it.each([[[6]], [[5, 1]], [ones(6)]])('of more than the cap, in chunks of %j, is not read on', async (sizes) => {
    expect(await readBody(requestOf(sizes), 5)).toBe(undefined)
  })

  it('in many chunks holds none of them: each may be gone once it was read', async () => {
    const chunk = new Uint8Array(1)
    let left = 100_000
    const reader = {
      // The same memory again and again, as a reader may give that has its own.
      read: async () => {
        chunk[0] = left % 256
        left -= 1
        return left >= 0 ? { done: false, value: chunk } : { done: true }
      },
      cancel: async () => {},
    }
    const request = { ...requestOf([]), body: { locked: false, getReader: () => reader } }
    expect((await readBody(request, 100_000))?.subarray(0, 3)).toEqual(Uint8Array.of(160, 159, 158))
  })
})
