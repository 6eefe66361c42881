// A user's program, compiled against the installed declarations without Node's types and the browser's.
import { agilePoint } from '@countersign/agilepoint'
import { autify, CountersignError, createVerifier, type SignOptions, sign, statusOf } from '@countersign/autify'
import { exportKeyring, type Keyring, keyring, rotate, secret, type Verdict, type Verifier } from '@countersign/core'

const verifier: Verifier = createVerifier(autify(), { keys: 'a secret' })

export async function receive(headers: Record<string, string>, body: Uint8Array): Promise<number> {
  const verdict: Verdict = await verifier.verify({ headers, body })
  if (!verdict.ok) return statusOf(verdict)
  const bytes: Uint8Array = verdict.body
  return bytes.length > 0 && verdict.event ? 200 : 400
}

export const slots: Verifier = createVerifier(
  agilePoint({ headers: { primary: 'X-Primary', secondary: 'X-Secondary' } }),
  { keys: { primary: secret('the primary key'), secondary: undefined } },
)

export function rotated(ring: Keyring, options: SignOptions): Promise<Record<string, string>> {
  const next = rotate(ring, autify(), { graceMs: 1000 })
  return sign(autify(), next.ring, exportKeyring(next.ring), options)
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof CountersignError ? error.code : undefined
}

export const ring: Keyring = keyring([{ id: 'a', secret: 'a secret' }])
