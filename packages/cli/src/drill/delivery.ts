/** What should never be accepted. */
export type HostileKind =
  /** Signed with a secret that nobody gave out. */
  | 'forged'
  /** The body changed after signing. */
  | 'tampered'
  /** A good delivery sent once more: beyond the tolerance, or where nothing is stamped, after the end of its keys. */
  | 'replayed'
  /** Signed now, with a key that has ended. */
  | 'expired-key'
  /** Good digests, each in the other slot's header. */
  | 'other-slot'

export type DeliveryKind = 'good' | HostileKind

/** A delivery as planned, before it has its number. */
export interface Draft {
  readonly kind: DeliveryKind
  readonly signedAt: number
  readonly arrivesAt: number
  /** 'expired-key': whose secret it is signed with. */
  readonly key?: string
  /** 'replayed': the number of the delivery that is sent once more. */
  readonly original?: number
}

/** One delivery as planned. */
export interface Delivery extends Draft {
  readonly number: number
}

/** One good delivery in ten comes twice at the same time, as when a vendor retries too soon. It is to be handled once. */
export function isSentTwice({ kind, number }: Delivery): boolean {
  return kind === 'good' && number % 10 === 0
}
