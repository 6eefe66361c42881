/** A vendor's own rules for changing a secret. Durations are milliseconds. */
export type RotationPolicy =
  /** The vendor signs with the old and the new key for `graceMs`; a second rotation inside it would drop one too soon. */
  | { kind: 'overlap'; defaultGraceMs: number }
  /** At most `max` unexpired secrets; the old one's grace is one of `gracesMs`. */
  | { kind: 'expiring'; max: number; gracesMs: readonly number[]; activates: 'immediately' | 'after-grace' }
  /** One slot at a time; the other stays untouched for `guardMs`. A slot is due every `periodMs`. */
  | { kind: 'slots'; slots: readonly string[]; guardMs: number; periodMs: number }
  /** The vendor swaps at once; the receiver stages before and lets the old key retire for a grace of its own choosing. */
  | { kind: 'swap'; defaultGraceMs: number }

export type PolicyOf<Kind extends RotationPolicy['kind']> = Extract<RotationPolicy, { kind: Kind }>
