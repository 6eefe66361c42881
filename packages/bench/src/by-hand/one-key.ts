import { createHmac, createSecretKey, hash, timingSafeEqual } from 'node:crypto'

/** The quickest ways to write a text, which Node's types do not tell of. */
interface FastBuffer extends Buffer {
  latin1Write(text: string, at: number): number
  utf8Write(text: string, at: number): number
}

const BLOCK_BYTES = 64
const DIGEST_BYTES = 32
/** The base64 of a digest. */
export const SIGNATURE_LENGTH = 44
/** Beyond it `createHmac` is quicker than a copy. */
const SCRATCH_BYTES = 32 * 1024

const scratch = Buffer.alloc(SCRATCH_BYTES) as FastBuffer
const expected = Buffer.alloc(SIGNATURE_LENGTH) as FastBuffer
/** Room for what is not ASCII to be seen by its length. */
const given = Buffer.alloc(SIGNATURE_LENGTH + 4) as FastBuffer
const compared = given.subarray(0, SIGNATURE_LENGTH)
let padInScratch: Buffer | undefined
/** Of the scratch, by length: making one costs as much as copying a kilobyte. */
const views = new Map<number, Buffer>()

/** Whether a text is the base64 of the HMAC-SHA256, under one key, of a short text and a body. */
export type Fits = (signature: string, before: string, body: Uint8Array) => boolean

/** The quickest HMAC-SHA256 that we know of in Node, and its comparison: for one key, one hash and one encoding. */
export function oneKey(secret: string): Fits {
  const key = Buffer.from(secret)
  const inner = Buffer.alloc(BLOCK_BYTES, 0x36)
  const outer = Buffer.alloc(BLOCK_BYTES + DIGEST_BYTES, 0x5c) as FastBuffer
  for (const [at, byte] of key.entries()) {
    inner[at] = 0x36 ^ byte
    outer[at] = 0x5c ^ byte
  }
  const object = createSecretKey(key)

  function mac(before: string, body: Uint8Array): string {
    if (BLOCK_BYTES + 3 * before.length + body.length > SCRATCH_BYTES) {
      return createHmac('sha256', object).update(before).update(body).digest('base64')
    }
    if (padInScratch !== inner) scratch.set(inner)
    padInScratch = inner
    const start = before ? BLOCK_BYTES + scratch.utf8Write(before, BLOCK_BYTES) : BLOCK_BYTES
    scratch.set(body, start)
    outer.latin1Write(hash('sha256', filled(start + body.length), 'binary'), BLOCK_BYTES)
    return hash('sha256', outer, 'base64')
  }

  return (signature, before, body) => {
    expected.latin1Write(mac(before, body), 0)
    return given.utf8Write(signature, 0) === SIGNATURE_LENGTH && timingSafeEqual(expected, compared)
  }
}

function filled(length: number): Buffer {
  const kept = views.get(length)
  if (kept) return kept
  const view = scratch.subarray(0, length)
  views.set(length, view)
  return view
}
