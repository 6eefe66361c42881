import { createVerifier, type FetchRequest, type Rejected, type Verifier } from '@countersign/core'

let nobody: Verifier | undefined

/**
 * Refuses a request that is for nobody known, after reading it as any verifier does. Whoever asks for a route or a tenant
 * that is not there must not learn that from when, or whether, the body was read (law 10).
 */
export async function refuseUnknown(request: FetchRequest): Promise<Rejected> {
  nobody ??= createVerifier(
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
  const verdict = (await nobody.verify(request, { tenant: '' })) as Rejected
  return verdict.reason === 'body-too-large' ? verdict : { ...verdict, reason: 'unknown-tenant' }
}
