/** A vendor's own rules for changing a secret. Durations are milliseconds. */
export type RotationPolicy =
  /** The vendor signs with the old and the new key for `graceMs`; a second rotation inside it would drop one too soon. */
  | {
      /** Both keys sign for a while. */
      kind: 'overlap'
      /** For how long, in milliseconds, unless a rotation says otherwise. */
      defaultGraceMs: number
    }
  /** At most `max` unexpired secrets; the old one's grace is one of `gracesMs`. */
  | {
      /** Each secret gets its end when the next one comes. */
      kind: 'expiring'
      /** How many secrets may be unexpired at once. */
      max: number
      /** The graces that the vendor offers, in milliseconds. */
      gracesMs: readonly number[]
      /** When the vendor begins to sign with the new secret. */
      activates: 'immediately' | 'after-grace'
    }
  /** One slot at a time; the other stays untouched for `guardMs`. A slot is due every `periodMs`. */
  | {
      /** Several keys sign all the time, each in its place. */
      kind: 'slots'
      /** Their names. */
      slots: readonly string[]
      /** How long the other slots have to stay as they are, in milliseconds. */
      guardMs: number
      /** How often one of the slots is due, by turns, in milliseconds. */
      periodMs: number
    }
  /** The vendor swaps at once; the receiver stages before and lets the old key retire for a grace of its own choosing. */
  | {
      /** One key signs; from one delivery to the next it is another. */
      kind: 'swap'
      /** How long the receiver lets the old key live, in milliseconds, unless a rotation says otherwise. */
      defaultGraceMs: number
    }

export type PolicyOf<Kind extends RotationPolicy['kind']> = Extract<RotationPolicy, { kind: Kind }>
