import type { Contender } from '../contender.js'
import { hmac, SECRET, toBase64 } from '../mac.js'

interface Module {
  validateSignature(body: Uint8Array, secret: string, signature: string): boolean
}

export const line: Contender = {
  id: '@line/bot-sdk',
  title: '@line/bot-sdk',
  hash: 'sha256',
  isStamped: false,
  takes: 'bytes',
  async prepare({ load, body }) {
    const { validateSignature } = await load<Module>('@line/bot-sdk')
    const attempt = (mac: string) => () => validateSignature(body, SECRET, mac)
    return { mac: toBase64(await hmac('sha256', SECRET, body)), attempt, accepts: (result) => result === true }
  },
}
