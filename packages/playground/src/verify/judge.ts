import { type AnyProvider, createVerifier, type Delivery, type Keyring, type Verdict } from '@countersign/core'
import { explain, type Finding, type PipelineTrace, tracePipeline } from '@countersign/core/explain'
import { type KeyRow, ringOf } from '../delivery/key-row.js'
import { momentOf } from '../delivery/moment.js'
import { problemText } from '../form/problem-text.js'
import { type ProviderChoice, providerOf } from '../provider/providers.js'
import { type RequestForm, readRequest } from './request-form.js'

export interface VerifyForm {
  readonly choice: ProviderChoice
  readonly request: RequestForm
  readonly rows: readonly KeyRow[]
  /** Empty: now. */
  readonly moment: string
}

/** What came of a form. */
export interface Outcome {
  readonly form: VerifyForm
  /** Which time it was that something was asked. */
  readonly turn: number
  readonly judged: Judged | { readonly problem: string }
}

export interface Judged {
  /** Of what is not the sender's, the error: a receiver answers it with 503. */
  readonly verdict: Verdict | { readonly fault: string }
  readonly findings: readonly Finding[]
  readonly trace: PipelineTrace
  readonly now: number
}

/** Never rejects: what cannot be judged is a problem to be told. */
export async function judge(form: VerifyForm, turn: number): Promise<Outcome> {
  try {
    const now = momentOf(form.moment)
    const provider = providerOf(form.choice)
    const delivery = readRequest(form.request)
    return { form, turn, judged: await judged(provider, ringOf(form.rows, provider, now), delivery, now) }
  } catch (error) {
    return { form, turn, judged: { problem: problemText(error) } }
  }
}

async function judged(provider: AnyProvider, keys: Keyring, delivery: Delivery, now: number): Promise<Judged> {
  const [verdict, findings, trace] = await Promise.all([
    verdictOf(provider, keys, delivery, now),
    explain(provider, keys, delivery, { now }),
    tracePipeline(provider, keys, delivery, { now }),
  ])
  return { verdict, findings, trace, now }
}

async function verdictOf(provider: AnyProvider, keys: Keyring, delivery: Delivery, now: number) {
  const verifier = createVerifier(provider, { keys, now: () => now })
  try {
    return await verifier.verify(delivery)
  } catch (error) {
    return { fault: problemText(error) }
  }
}
