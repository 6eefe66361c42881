import type { Contender } from '../contender.js'
import { withCommon } from '../headers.js'
import { hmac, SECRET, toHex, unixSeconds } from '../mac.js'

interface Module {
  verifySlackRequest(options: { signingSecret: string; body: string; headers: Record<string, string> }): void
}

export const slack: Contender = {
  id: '@slack/bolt',
  title: '@slack/bolt (`verifySlackRequest`)',
  hash: 'sha256',
  isStamped: true,
  takes: 'text',
  async prepare({ load, body, text }) {
    const { verifySlackRequest } = await load<Module>('@slack/bolt')
    const stamp = unixSeconds()
    const attempt = (mac: string) => {
      const headers = withCommon({ 'x-slack-request-timestamp': stamp, 'x-slack-signature': `v0=${mac}` })
      return () => verifySlackRequest({ signingSecret: SECRET, body: text(body), headers })
    }
    // It throws where it refuses.
    return { mac: toHex(await hmac('sha256', SECRET, `v0:${stamp}:`, body)), attempt, accepts: () => true }
  },
}
