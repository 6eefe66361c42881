import type { RotationPolicy } from '@countersign/core'

const HOUR_MS = 3_600_000

/** Each policy in a sentence or two. */
export const RULES: Readonly<Record<RotationPolicy['kind'], string>> = {
  slots:
    'The vendor signs with both keys, each in a header of its own. One slot is rotated at a time, a day apart at least.',
  overlap: 'The vendor signs with the old and the new key for an hour, and then with the new one alone.',
  expiring: 'The vendor keeps up to five secrets, and lets an old one expire at once or after 1, 3, 6, 12 or 24 hours.',
  swap: 'The vendor knows one secret and swaps it at once. The receiver stages the new one before, and lets the old one retire.',
}

/** Whether its rules may be overridden. */
export function hasForce({ kind }: RotationPolicy): boolean {
  return kind === 'slots' || kind === 'overlap'
}

/** The graces to choose from, in hours; empty is the policy's own. None where the vendor has none. */
export function gracesOf(policy: RotationPolicy): { value: string; title: string }[] {
  switch (policy.kind) {
    case 'slots':
      return []
    case 'expiring':
      return [
        { value: '', title: 'the longest' },
        ...policy.gracesMs.map((ms) => ({
          value: String(ms / HOUR_MS),
          title: ms === 0 ? 'none' : `${ms / HOUR_MS} h`,
        })),
      ]
    default:
      return [
        { value: '', title: `the usual ${policy.defaultGraceMs / HOUR_MS} h` },
        { value: '0', title: 'none' },
        ...['0.5', '2', '12', '48'].map((value) => ({ value, title: `${value} h` })),
      ]
  }
}
