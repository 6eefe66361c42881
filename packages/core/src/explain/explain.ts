import { CountersignError } from '../errors.js'
import type { Keyring } from '../keyring.js'
import type { KeysInput } from '../keys-input.js'
import type { AnyProvider, Provider } from '../provider.js'
import type { Rejected } from '../verdict.js'
import { createVerifier, type Delivery } from '../verifier.js'
import { clues } from './clues.js'
import type { Finding } from './finding.js'
import { lenientKeyring, strictnessFindings } from './lenient-keyring.js'
import { listedHeaders } from './listed-headers.js'
import { macBudget } from './mac-budget.js'
import { provenFindings } from './proven-findings.js'
import { UNPARSED } from './readings/body-change.js'
import { readSubject } from './subject.js'

/** What `explain` and `tracePipeline` judge by. */
export interface ExplainOptions {
  /** The moment to judge at, in milliseconds since the epoch. Default: now. */
  now?: number | undefined
  /** How many MACs may be made. Default 4000; for bodies over 64 KiB so many that 256 MiB are hashed, and 250 at least. */
  maxMacs?: number | undefined
  /** As the verifier has it, in seconds. Default: the provider's, else 300. */
  toleranceSeconds?: number | undefined
  /** As the verifier has it. Default 1 MiB. */
  maxBodyBytes?: number | undefined
}

const MOST_MACS = 4000
/** For the largest bodies: enough to take each single thing otherwise. */
const LEAST_MACS = 250
const MOST_HASHED_BYTES = 256 * 1024 * 1024

/**
 * Why a delivery does not verify: what would have to be otherwise, each tried out, the most likely first. Nothing if it
 * verifies. It never accepts anything, and holds neither a secret nor the MAC that was expected. For logs, tests and
 * support; not for the answer to a sender (law 10).
 *
 * @throws CountersignError for what is the caller's: `no-keys`, `keys-invalid`, `slot-required`, `option-invalid`,
 * `tolerance-without-timestamp`, `headers-unreadable`, `provider-invalid`, `secret-malformed` (no text at all).
 */
export async function explain<Event, Slot extends string>(
  provider: Provider<Event, Slot>,
  keys: KeysInput<Slot>,
  delivery: Delivery,
  options: ExplainOptions = {},
): Promise<readonly Finding[]> {
  const { now = Date.now() } = options
  if (!((options.maxMacs ?? 1) >= 1)) throw new CountersignError('option-invalid', 'maxMacs must be 1 or more')
  const ring = lenientKeyring(keys, provider)
  // Read more than once, which a generator of entries does not allow.
  const asked = { ...delivery, headers: listedHeaders(delivery.headers) }
  const verdict = await judge(provider, ring, asked, { ...options, now })
  if (verdict === 'accepted') return strictnessFindings(keys, provider)
  if (verdict === 'body-not-bytes') return [bodyParsed()]
  if (verdict !== 'no-usable-key' && verdict.reason === 'body-too-large') return [bodyTooLarge(verdict)]
  const subject = readSubject(provider, asked)
  const { maxMacs = defaultMacs(subject.body) } = options
  const budget = macBudget(maxMacs)
  const { toleranceSeconds = provider.toleranceSeconds ?? 300 } = options
  const proven = await provenFindings(subject, ring, budget, now, toleranceSeconds)
  if (proven.length > 0) return proven
  const refused = verdict === 'no-usable-key' ? [noUsableKey(ring)] : clues(subject, provider, ring, verdict)
  return budget.isExceeded() ? [...refused, budgetReached(maxMacs)] : refused
}

function defaultMacs({ length }: Uint8Array): number {
  return Math.max(LEAST_MACS, Math.min(MOST_MACS, Math.floor(MOST_HASHED_BYTES / length)))
}

/** What a verifier says; of its errors those that a finding can be made of. */
async function judge(
  provider: AnyProvider,
  keys: Keyring,
  delivery: Delivery,
  { now = 0, toleranceSeconds, maxBodyBytes }: ExplainOptions,
): Promise<'accepted' | Rejected | 'no-usable-key' | 'body-not-bytes'> {
  try {
    const verifier = createVerifier(provider, { keys, now: () => now, toleranceSeconds, maxBodyBytes })
    const verdict = await verifier.verify(delivery)
    return verdict.ok ? 'accepted' : verdict
  } catch (error) {
    const { code } = error as CountersignError
    if (code === 'no-usable-key' || code === 'body-not-bytes') return code
    throw error
  }
}

function bodyParsed(): Finding {
  return {
    code: 'body-parsed',
    summary: 'The body is not bytes but what a parser made of them.',
    fix: UNPARSED,
    certain: true,
  }
}

function bodyTooLarge({ detail }: Rejected): Finding {
  return {
    code: 'body-too-large',
    summary: `The body is ${detail}, which is the most that is accepted; no MAC was made.`,
    fix: 'Raise maxBodyBytes if the vendor really sends so much.',
    certain: true,
  }
}

function noUsableKey(ring: Keyring): Finding {
  return {
    code: 'no-usable-key',
    summary: `No key of the ring can be used: ${ring.keys.map(({ id }) => `'${id}'`).join(', ')} expired or were revoked, and none of them makes this signature.`,
    fix: 'Load the newer ring, or add the secret that the vendor uses now.',
    certain: true,
  }
}

function budgetReached(maxMacs: number): Finding {
  return {
    code: 'budget-reached',
    summary: `It stopped after ${maxMacs} MACs, and not everything was tried.`,
    fix: 'Raise maxMacs, or give fewer keys.',
    certain: false,
  }
}
