import { createVerifier, type FetchRequest, type Rejected, type Verifier } from '@countersign/core'

let decoy: Verifier | undefined

/**
 * Refuses a request of an unknown route or tenant, after reading it as a verifier does: the sender must not learn that it is
 * unknown from when, or whether, the body was read (law 10).
 */
export async function refuseUnknown(request: FetchRequest): Promise<Rejected> {
  decoy ??= createVerifier(
    {
      id: 'nobody',
      title: 'Nobody',
      docs: '',
      scheme: { kind: 'token', header: 'x-nobody' },
      rotation: { kind: 'swap', defaultGraceMs: 0 },
    },
    { keys: () => undefined },
  )
  // A tenant without keys is refused, whatever stands in the headers.
  const verdict = (await decoy.verify(request, { tenant: '' })) as Rejected
  return verdict.reason === 'body-too-large' ? verdict : { ...verdict, reason: 'unknown-tenant' }
}
