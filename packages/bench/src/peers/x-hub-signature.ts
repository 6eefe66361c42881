import type { Contender } from '../contender.js'
import { asReceived } from '../headers.js'
import { hmac, SECRET, toHex } from '../mac.js'

interface Module {
  default: new (algorithm: string, secret: string) => { verify(signature: string, body: Uint8Array): boolean }
}

export const xHubSignature: Contender = {
  id: 'x-hub-signature',
  title: 'x-hub-signature (`sha256`)',
  hash: 'sha256',
  isStamped: false,
  takes: 'bytes',
  async prepare({ load, body }) {
    const { default: XHubSignature } = await load<Module>('x-hub-signature')
    const verifier = new XHubSignature('sha256', SECRET)
    const attempt = (mac: string) => {
      const header = asReceived(`sha256=${mac}`)
      return () => verifier.verify(header, body)
    }
    return { mac: toHex(await hmac('sha256', SECRET, body)), attempt, accepts: (result) => result === true }
  },
}
