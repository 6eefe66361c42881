/** Ids in a sentence. */
export function idsOf(keys: readonly { readonly id: string }[]): string {
  return keys.map(({ id }) => id).join(', ')
}

const PLURALS = { verifies: 'verify', signs: 'sign', has: 'have', replaces: 'replace', is: 'are' } as const

/** A verb of which these keys are the subject. */
export function verb(keys: readonly unknown[], singular: keyof typeof PLURALS): string {
  return keys.length === 1 ? singular : PLURALS[singular]
}
