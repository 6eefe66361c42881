import { concatenate } from './bytes.js'
import { encode, utf8 } from './encoding.js'
import type { MacEngine, PreparedKey } from './mac.js'

interface WebKey extends PreparedKey {
  readonly key: ReturnType<typeof crypto.subtle.importKey>
}

export const engine: MacEngine = {
  async: true,

  /** The `CryptoKey` is imported once and kept: importing costs as much as a MAC. */
  importKey(hash, secret): WebKey {
    // 'sha256' is 'SHA-256' there.
    const key = crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: hash.replace('sha', 'SHA-') }, false, [
      'sign',
    ])
    // What goes wrong is told to each that waits for it; there may be none, and a process would end by it.
    key.catch(() => {})
    return { hash, key }
  },

  async mac(prepared, parts, encoding) {
    const message = concatenate(parts.map((part) => (typeof part === 'string' ? utf8(part) : part)))
    const digest = await crypto.subtle.sign('HMAC', await (prepared as WebKey).key, message)
    return encode(new Uint8Array(digest), encoding)
  },

  /** No early exit: the best that JavaScript can do. An engine may still compile it to something that leaks; Node's cannot. */
  equal(expected, text, at = 0) {
    let difference = text.length - at - expected.length
    for (let index = 0; index < expected.length; index++) {
      difference |= expected.charCodeAt(index) ^ text.charCodeAt(at + index)
    }
    return !difference
  },
}
