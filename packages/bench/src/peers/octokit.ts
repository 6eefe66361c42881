import type { Contender } from '../contender.js'
import { asReceived } from '../headers.js'
import { hmac, SECRET, toHex } from '../mac.js'

interface Module {
  verify(secret: string, payload: string, signature: string): Promise<boolean>
}

export const octokit: Contender = {
  id: '@octokit/webhooks-methods',
  title: '@octokit/webhooks-methods',
  hash: 'sha256',
  isStamped: false,
  takes: 'text',
  async prepare({ load, body, text }) {
    const { verify } = await load<Module>('@octokit/webhooks-methods')
    const attempt = (mac: string) => {
      const header = asReceived(`sha256=${mac}`)
      return () => verify(SECRET, text(body), header)
    }
    return { mac: toHex(await hmac('sha256', SECRET, body)), attempt, accepts: (result) => result === true }
  },
}
