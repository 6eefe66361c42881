import type { Contender } from '../contender.js'
import { withCommon } from '../headers.js'
import { hmac, SECRET, toBase64 } from '../mac.js'

interface Module {
  WebhooksManager: {
    validateMessage(body: string, headers: Record<string, string>, primaryKey: string): Promise<boolean>
  }
}

export const box: Contender = {
  id: 'box-node-sdk',
  title: 'box-node-sdk',
  hash: 'sha256',
  isStamped: true,
  takes: 'text',
  async prepare({ load, body, text }) {
    const { WebhooksManager } = await load<Module>('box-node-sdk/managers')
    // It refuses the coming second as well.
    const stamp = new Date(Date.now() - 1000).toISOString().replace(/\.\d+Z$/, '+00:00')
    const attempt = (mac: string) => {
      const headers = withCommon({
        'box-delivery-timestamp': stamp,
        'box-signature-algorithm': 'HmacSHA256',
        'box-signature-version': '1',
        'box-signature-primary': mac,
      })
      return () => WebhooksManager.validateMessage(text(body), headers, SECRET)
    }
    return { mac: toBase64(await hmac('sha256', SECRET, body, stamp)), attempt, accepts: (result) => result === true }
  },
}
