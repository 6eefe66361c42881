import type { Contender } from '../contender.js'
import { withCommon } from '../headers.js'
import { hmac, SECRET, toBase64, unixSeconds } from '../mac.js'

interface Webhook {
  verify(body: unknown, headers: Record<string, string>, options?: { jsonParse?: boolean }): unknown
}
interface Module {
  Webhook: new (secret: string) => Webhook
}

/** The reference library of the specification, and one that builds upon it, with header names of its own. */
function ofSpecification(
  name: 'standardwebhooks' | 'svix',
  prefix: string,
  takes: 'bytes' | 'text' = 'bytes',
): Contender {
  return {
    id: name,
    title: name,
    hash: 'sha256',
    isStamped: true,
    takes,
    note: 'SHA-256 in JavaScript; asked not to parse the JSON',
    async prepare({ load, body, text }) {
      const { Webhook } = await load<Module>(name)
      const webhook = new Webhook(`whsec_${btoa(SECRET)}`)
      const stamp = unixSeconds()
      const attempt = (mac: string) => {
        const headers = withCommon({
          [`${prefix}-id`]: 'msg_1',
          [`${prefix}-timestamp`]: stamp,
          [`${prefix}-signature`]: `v1,${mac}`,
        })
        const options = { jsonParse: false }
        return () => webhook.verify(takes === 'text' ? text(body) : body, headers, options)
      }
      const mac = toBase64(await hmac('sha256', SECRET, `msg_1.${stamp}.`, body))
      // It throws where it refuses, and gives nothing back where it was not to parse.
      return { mac, attempt, accepts: () => true }
    },
  }
}

export const standardWebhooks = ofSpecification('standardwebhooks', 'webhook')
export const svix = ofSpecification('svix', 'svix')

/** Of bytes they know Node's Buffer alone. */
export const standardWebhooksOfText = ofSpecification('standardwebhooks', 'webhook', 'text')
export const svixOfText = ofSpecification('svix', 'svix', 'text')
