import type { Contender, Setting } from '../contender.js'
import { withCommon } from '../headers.js'
import { hmac, SECRET, toBase64 } from '../mac.js'

interface Module {
  shopifyApi(config: object): {
    webhooks: { validate(delivery: { rawBody: string; rawRequest: unknown }): Promise<{ valid: boolean }> }
  }
  LogSeverity: { Error: number }
}

/** On Node its request is that of node:http, on the web's adapter a Request. */
async function prepare({ load, body, text }: Setting, adapter: string, requestOf: (headers: object) => () => unknown) {
  await load(adapter)
  const { shopifyApi, LogSeverity } = await load<Module>('@shopify/shopify-api')
  const { webhooks } = shopifyApi({
    apiKey: 'none',
    apiSecretKey: SECRET,
    apiVersion: '2026-10',
    hostName: 'hooks.example.com',
    isEmbeddedApp: true,
    logger: { level: LogSeverity.Error, log: () => {} },
  })
  const attempt = (mac: string) => {
    const rawRequest = requestOf(
      withCommon({
        'x-shopify-hmac-sha256': mac,
        'x-shopify-topic': 'orders/create',
        'x-shopify-shop-domain': 'bench.myshopify.com',
        'x-shopify-api-version': '2026-10',
        'x-shopify-webhook-id': 'b54557e4-bdd9-4b37-8a5f-bf7d70bcd043',
      }),
    )
    return () => webhooks.validate({ rawBody: text(body), rawRequest: rawRequest() })
  }
  const accepts = (result: unknown) => (result as { valid: boolean }).valid
  return { mac: toBase64(await hmac('sha256', SECRET, body)), attempt, accepts }
}

export const shopify: Contender = {
  id: '@shopify/shopify-api',
  title: '@shopify/shopify-api',
  hash: 'sha256',
  isStamped: false,
  takes: 'text',
  note: 'reads five more headers, and imports its key for Web Crypto each time',
  prepare: (setting) =>
    prepare(setting, '@shopify/shopify-api/adapters/node', (headers) => {
      const request = { method: 'POST', url: '/webhooks', headers }
      return () => request
    }),
}

export const shopifyOnWebCrypto: Contender = {
  ...shopify,
  prepare: (setting) =>
    prepare(setting, '@shopify/shopify-api/adapters/web-api', (headers) => {
      const request = new Request('https://hooks.example.com/', {
        method: 'POST',
        headers: headers as Record<string, string>,
      })
      return () => request
    }),
}
