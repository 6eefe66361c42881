import { createHmac } from 'node:crypto'
import type { Delivery } from '../../src/index.js'

const BODY = '{"id":17}'

/** A delivery of the vendor of `plainVendor`, signed with node:crypto and not with this package. */
export function signedWith(key: string | Uint8Array): Delivery {
  return { headers: { 'X-Acme-Signature': createHmac('sha256', key).update(BODY).digest('hex') }, body: BODY }
}
