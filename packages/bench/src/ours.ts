import type { Contender, Prepared, Setting } from './contender.js'
import { OTHER_SECRET, SECRET } from './mac.js'
import { SCHEMES, type Scheme, signed, type Verdict, verifierOf } from './schemes.js'

export const accepts = (verdict: unknown) => (verdict as Verdict).ok

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
export function plain(id: keyof typeof SCHEMES, title: string, keys: unknown = SECRET): Contender {
  const scheme: Scheme = SCHEMES[id]
  const isStamped = scheme.before !== undefined
  const { hash } = scheme
  return { id, title, hash, isStamped, takes: 'bytes', prepare: (setting) => prepare(scheme, setting, keys) }
}

export const AGILEPOINT = plain('agilepoint', 'AgilePoint, first slot', { primary: SECRET, secondary: OTHER_SECRET })
export const GLOBAL_COMMERCE = plain('global-commerce', 'Global Commerce')

/** The five, as a receiver in Node calls them. */
export const OURS: readonly Contender[] = [
  plain('autify', 'Autify'),
  plain('insider', 'Insider'),
  AGILEPOINT,
  plain('orange-logic', 'Orange Logic'),
  GLOBAL_COMMERCE,
]

/** The one of ours that a peer is set beside: of the same hash, and with a timestamp where the peer has one. */
export const counterpartOf = ({ isStamped }: Pick<Contender, 'isStamped'>) =>
  isStamped ? 'global-commerce' : 'agilepoint'
