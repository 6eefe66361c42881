import type { Contender, Prepared, Setting } from './contender.js'
import { SECRET } from './mac.js'
import { SCHEMES, type Scheme, signed, type Verdict, verifierOf } from './schemes.js'

const accepts = (verdict: unknown) => (verdict as Verdict).ok

async function prepare(scheme: Scheme, { load, body }: Setting, keys: unknown): Promise<Prepared> {
  const verifier = await verifierOf(scheme, load, keys)
  const { mac, headersWith } = await signed(scheme, body)
  const attempt = (given: string) => {
    const headers = headersWith(given)
    return () => verifier.verify({ headers, body })
  }
  return { mac, attempt, accepts }
}

/** The whole of `await verifier.verify({ headers, body })`, with a verifier that was made once. */
function plain(id: keyof typeof SCHEMES, title: string, keys: unknown = SECRET): Contender {
  const scheme: Scheme = SCHEMES[id]
  const isStamped = scheme.before !== undefined
  const { hash } = scheme
  return { id, title, hash, isStamped, takes: 'bytes', prepare: (setting) => prepare(scheme, setting, keys) }
}

const globalCommerce = plain('global-commerce', 'Global Commerce')

/** What those do that parse the JSON in the same call. */
const withEvent: Contender = {
  ...globalCommerce,
  id: 'global-commerce-event',
  title: 'Global Commerce, `verdict.event` read',
  note: 'parses the JSON, too',
  async prepare(setting) {
    const prepared = await globalCommerce.prepare(setting)
    const attempt = (mac: string) => {
      const verify = prepared.attempt(mac)
      return async () => {
        const verdict = (await verify()) as Verdict
        return { ok: verdict.ok && verdict.event !== undefined }
      }
    }
    return { ...prepared, attempt }
  },
}

/** As the web's own frameworks call it. To make the Request is part of it, as it is for the peer that takes one. */
const fromRequest: Contender = {
  ...globalCommerce,
  id: 'global-commerce-request',
  title: 'Global Commerce, from a `Request`',
  takes: 'Request',
  async prepare({ load, body }) {
    const scheme = SCHEMES['global-commerce']
    const verifier = await verifierOf(scheme, load, SECRET)
    const { mac, headersWith } = await signed(scheme, body)
    const attempt = (given: string) => {
      const delivery = { method: 'POST', headers: headersWith(given), body: body as Uint8Array<ArrayBuffer> }
      return () => verifier.verify(new Request('https://hooks.example.com/', delivery))
    }
    return { mac, attempt, accepts }
  },
}

/** The key of the slot that is not measured. */
const OTHER = `${SECRET}-other`

export const OURS: readonly Contender[] = [
  plain('autify', 'Autify'),
  plain('insider', 'Insider'),
  plain('agilepoint', 'AgilePoint, first slot', { primary: SECRET, secondary: OTHER }),
  plain('agilepoint-secondary', 'AgilePoint, second slot', { primary: OTHER, secondary: SECRET }),
  plain('orange-logic', 'Orange Logic'),
  globalCommerce,
  withEvent,
  fromRequest,
]

/** The one of ours that a peer is set beside: of the same hash, and with a timestamp where the peer has one. */
export const counterpartOf = ({ isStamped }: Pick<Contender, 'isStamped'>) =>
  isStamped ? 'global-commerce' : 'agilepoint'
