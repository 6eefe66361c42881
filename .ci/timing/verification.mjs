import { createHmac, randomBytes } from 'node:crypto'
import { far, near } from './near-and-far.mjs'
import { interleaved } from './samples.mjs'

const SAMPLES = 20_000
const BATCH = 8
/** As many signatures as one header may hold: each is compared, which makes the most of a leak. */
const CANDIDATES = 8
const SECRET = 'correct-horse-battery'

/** Times of whole verifications of forged deliveries, by the core that is given. */
export function timesOfVerification({ createVerifier, defineProvider }) {
  const provider = defineProvider({
    id: 'timed',
    title: 'Timed',
    docs: 'https://timed.example',
    scheme: {
      kind: 'hmac',
      hash: 'sha512',
      signature: { header: 'X-Signature', encoding: 'hex', separator: ' ' },
      signed: ({ body }) => [body],
    },
    rotation: { kind: 'swap', defaultGraceMs: 0 },
  })
  const verifier = createVerifier(provider, { keys: SECRET })
  // A new delivery for each sample, for the sake of its place in memory (comparison.mjs).
  return interleaved(SAMPLES, async (isNear) => {
    const body = randomBytes(200)
    const mac = createHmac('sha512', SECRET).update(body).digest('hex')
    const text = isNear ? near(mac) : far(mac)
    const delivery = { headers: { 'x-signature': Array(CANDIDATES).fill(text).join(' ') }, body }
    let refused = 0
    const began = performance.now()
    for (let index = 0; index < BATCH; index++) if (!(await verifier.verify(delivery)).ok) refused += 1
    const time = performance.now() - began
    if (refused !== BATCH) throw new Error('what was forged was accepted')
    return time
  })
}
