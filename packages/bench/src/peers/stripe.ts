import type { Contender, Setting } from '../contender.js'
import { asReceived } from '../headers.js'
import { hmac, SECRET, toHex, unixSeconds } from '../mac.js'

interface Webhooks {
  constructEvent(body: Uint8Array, header: string, secret: string): unknown
  constructEventAsync(body: Uint8Array, header: string, secret: string): Promise<unknown>
}
interface Module {
  default: new (apiKey: string) => { webhooks: Webhooks }
}

async function prepare({ load, body }: Setting, method: keyof Webhooks) {
  const { default: Stripe } = await load<Module>('stripe')
  const { webhooks } = new Stripe('no key: nothing is asked of the vendor')
  const stamp = unixSeconds()
  const attempt = (mac: string) => {
    const header = asReceived(`t=${stamp},v1=${mac}`)
    return () => webhooks[method](body, header, SECRET)
  }
  const accepts = (event: unknown) => (event as { object?: unknown }).object === 'event'
  return { mac: toHex(await hmac('sha256', SECRET, `${stamp}.`, body)), attempt, accepts }
}

export const stripe: Contender = {
  id: 'stripe',
  title: 'stripe',
  hash: 'sha256',
  isStamped: true,
  takes: 'bytes',
  note: 'parses the JSON, too',
  prepare: (setting) => prepare(setting, 'constructEvent'),
}

/** Where there is Web Crypto alone. */
export const stripeOnWebCrypto: Contender = {
  ...stripe,
  prepare: (setting) => prepare(setting, 'constructEventAsync'),
}
