import { createVerifier, sign } from '@countersign/core'
import { VENDORS } from './vendors.js'

/**
 * Which engine this build of the core uses, by what it does: it asks WebCrypto for a MAC, or it does not.
 *
 * @throws Error where a good delivery is refused.
 */
export async function engineUsed(): Promise<'node' | 'web'> {
  const { subtle } = globalThis.crypto
  const original = subtle.sign
  let calls = 0
  subtle.sign = (...args) => {
    calls += 1
    return original.apply(subtle, args)
  }
  try {
    const provider = VENDORS.autify.provider({} as never)
    const keys = 'fake-secret-for-the-engine'
    const verdict = await createVerifier(provider, { keys }).verify({
      headers: await sign(provider, keys, ''),
      body: '',
    })
    if (!verdict.ok) throw new Error(`a good delivery was refused: ${verdict.reason}`)
  } finally {
    // What hid the prototype's.
    Reflect.deleteProperty(subtle, 'sign')
  }
  return calls > 0 ? 'web' : 'node'
}
