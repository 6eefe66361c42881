import type { Contender } from '../contender.js'
import { asReceived } from '../headers.js'
import { hmac, SECRET, toHex } from '../mac.js'

interface Module {
  verify(body: string, secret: string, signature: string): boolean
}

export const secureWebhooks: Contender = {
  id: 'secure-webhooks',
  title: 'secure-webhooks',
  hash: 'sha256',
  isStamped: true,
  takes: 'text',
  note: 'compares with `===`',
  async prepare({ load, body, text }) {
    const { verify } = await load<Module>('secure-webhooks')
    const stamp = Date.now()
    const attempt = (mac: string) => {
      const header = asReceived(`v=${stamp},d=${mac}`)
      return () => verify(text(body), SECRET, header)
    }
    return { mac: toHex(await hmac('sha256', SECRET, body, `${stamp}`)), attempt, accepts: (result) => result === true }
  },
}
