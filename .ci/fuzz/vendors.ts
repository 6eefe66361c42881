import { createHmac } from 'node:crypto'
import { agilePoint } from '../../packages/agilepoint/src/index.js'
import { autify } from '../../packages/autify/src/index.js'
import { createVerifier, type Provider, type Verifier } from '../../packages/core/src/index.js'
import { globalCommerce } from '../../packages/global-commerce/src/index.js'
import { insider } from '../../packages/insider/src/index.js'
import { orangeLogic } from '../../packages/orange-logic/src/index.js'

const SECRET = 'correct-horse-battery'
const NOW = 1_767_225_600_000
const STAMP = String(NOW / 1000)

/** A provider, and what a sender with the secret would send. */
export interface Vendor {
  readonly name: string
  readonly verifier: Verifier
  /** The header that a sender changes. */
  readonly header: string
  /** Its value for a body as the vendor's page has it, and what stands beside it. */
  headersFor(body: Uint8Array): Record<string, string>
  /** What must stand in the header for a delivery to be accepted: the MAC, or in token mode the secret. */
  proofFor(body: Uint8Array): string
}

type Digest = [hash: string, encoding: 'hex' | 'base64', before?: string]

function vendor(
  name: string,
  provider: Provider<unknown, string>,
  header: string,
  [hash, encoding, before = '']: Digest,
  value: (mac: string) => string,
  beside: Record<string, string> = {},
): Vendor {
  const proofFor = (body: Uint8Array) => createHmac(hash, SECRET).update(before).update(body).digest(encoding)
  const keys = provider.slots ? { primary: SECRET, secondary: 'staple-correct-horse' } : SECRET
  const verifier = createVerifier(provider, { keys: keys as string, now: () => NOW })
  return { name, verifier, header, proofFor, headersFor: (body) => ({ [header]: value(proofFor(body)), ...beside }) }
}

const token = vendor('insider-token', insider({ mode: 'token' }), 'X-INS-AUTH', ['sha1', 'hex'], () => SECRET)

/** Each form of a header that the five adapters read. */
export const vendors: readonly Vendor[] = [
  vendor('autify', autify(), 'X-Autify-Signature', ['sha1', 'hex'], (mac) => `sha1=${mac}`),
  vendor('insider-hex', insider(), 'X-INS-AUTH', ['sha1', 'hex'], (mac) => mac),
  { ...token, proofFor: () => SECRET },
  vendor(
    'agilepoint-slots',
    agilePoint({ headers: { primary: 'X-Primary', secondary: 'X-Secondary' } }) as Provider<unknown, string>,
    'X-Primary',
    ['sha256', 'base64'],
    (mac) => mac,
  ),
  vendor(
    'agilepoint-both',
    agilePoint({ headers: { both: 'X-Both', separator: ';' }, encoding: 'hex' }) as Provider<unknown, string>,
    'X-Both',
    ['sha256', 'hex'],
    (mac) => `${'0'.repeat(64)};${mac}`,
  ),
  vendor('orange-logic', orangeLogic(), 'X-ol-signature', ['sha256', 'base64'], (mac) => `v1,${mac}`),
  vendor(
    'orange-logic-standard-webhooks',
    orangeLogic({ signedContent: 'standard-webhooks' }),
    'X-ol-signature',
    ['sha256', 'base64', `msg_1.${STAMP}.`],
    (mac) => `v1,${'A'.repeat(43)}= v1a,${mac}`,
    { 'webhook-id': 'msg_1', 'webhook-timestamp': STAMP },
  ),
  vendor(
    'global-commerce',
    globalCommerce(),
    'DigitalRiver-Signature',
    ['sha256', 'base64', `${STAMP}.`],
    (mac) => `${STAMP}, ${mac}`,
  ),
]
