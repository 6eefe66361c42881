import type { Contender } from '../contender.js'
import { hmac, SECRET, toBase64, toHex } from '../mac.js'

interface Twilio {
  validateRequestWithBody(token: string, signature: string, url: string, body: string): boolean
}

export const twilio: Contender = {
  id: 'twilio',
  title: 'twilio (`validateRequestWithBody`)',
  hash: 'sha256',
  isStamped: false,
  takes: 'text',
  note: 'signs the URL with HMAC-SHA1; the URL carries the SHA-256 of the body',
  async prepare({ load, body, text }) {
    const { default: library } = await load<{ default: Twilio }>('twilio')
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', body as Uint8Array<ArrayBuffer>))
    const url = `https://hooks.example.com/webhooks/twilio?bodySHA256=${toHex(digest)}`
    const attempt = (mac: string) => () => library.validateRequestWithBody(SECRET, mac, url, text(body))
    return { mac: toBase64(await hmac('sha1', SECRET, url)), attempt, accepts: (result) => result === true }
  },
}
