import type { Contender } from '../contender.js'
import { withCommon } from '../headers.js'
import { hmac, SECRET, toHex } from '../mac.js'

interface Module {
  WebhookVerificationService: {
    verify(request: Request, config: { platform: string; secret: string }): Promise<{ isValid: boolean }>
  }
}

export const tern: Contender = {
  id: '@hookflo/tern',
  title: '@hookflo/tern (21 providers; `github`)',
  hash: 'sha256',
  isStamped: false,
  takes: 'Request',
  note: 'parses the JSON, too',
  async prepare({ load, body }) {
    const { WebhookVerificationService: service } = await load<Module>('@hookflo/tern')
    const config = { platform: 'github', secret: SECRET }
    const attempt = (mac: string) => {
      const headers = withCommon({ 'x-github-event': 'push', 'x-hub-signature-256': `sha256=${mac}` })
      const delivery = { method: 'POST', headers, body: body as Uint8Array<ArrayBuffer> }
      return () => service.verify(new Request('https://hooks.example.com/', delivery), config)
    }
    const accepts = (result: unknown) => (result as { isValid: boolean }).isValid
    return { mac: toHex(await hmac('sha256', SECRET, body)), attempt, accepts }
  },
}
