import type { TrialSetup } from './trial.js'
import { PLAIN } from './vendors.js'

/** The made-up secret of the tenant `other`. The one of `acme` is the vendor's. */
export const OTHER_SECRET = 'the-made-up-secret-of-other'

/** Whose keys they are is told by the query. */
export const TENANTS: TrialSetup = {
  keys: ({ tenant }) => (tenant === 'acme' ? PLAIN.secret : tenant === 'other' ? OTHER_SECRET : undefined),
  tenant: ({ url }) => new URL(url).searchParams.get('tenant') ?? undefined,
}
