/** Where two texts of bytes part. */
export interface ByteDifference {
  /** The first byte that is not the same, counted from zero; the shorter one's length where it is the other's beginning. */
  readonly at: number
  readonly arrivedBytes: number
  readonly signedBytes: number
}

/** Undefined where they are the same. */
export function differenceOf(arrived: Uint8Array, signed: Uint8Array): ByteDifference | undefined {
  const shorter = Math.min(arrived.length, signed.length)
  let at = 0
  while (at < shorter && arrived[at] === signed[at]) at += 1
  if (at === arrived.length && at === signed.length) return undefined
  return { at, arrivedBytes: arrived.length, signedBytes: signed.length }
}
