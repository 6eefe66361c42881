import { createHash } from 'node:crypto'
import type { Sha256 } from './sha256.js'

// A job for WebCrypto's threads costs more than the hash of a usual body.
export const sha256: Sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex')
