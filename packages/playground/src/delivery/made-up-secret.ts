import { type AnyProvider, generateSecret, reveal } from '@countersign/core'

/** A secret of this page's own. Where the vendor issues them, one of the usual form: it is made up in any case. */
export function madeUpSecret(provider: AnyProvider): string {
  const { secrets } = provider
  const form = secrets?.issuedBy === 'vendor' || secrets === undefined ? { issuedBy: 'you' as const } : secrets
  return reveal(generateSecret({ ...provider, secrets: form }))
}
