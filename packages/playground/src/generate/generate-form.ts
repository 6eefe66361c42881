import { formatCurl } from '@countersign/core/explain'
import { type Example, rawHttp, signedExample } from '../delivery/example.js'
import { initialRows, type KeyRow } from '../delivery/key-row.js'
import { madeUpSecret } from '../delivery/made-up-secret.js'
import { type ProviderChoice, providerOf } from '../provider/providers.js'
import type { VerifyForm } from '../verify/judge.js'
import { NO_REQUEST } from '../verify/request-form.js'
import type { Mistake, Signed } from './mistakes.js'
import { SAMPLE_EVENTS } from './sample-events.js'

export interface GenerateForm {
  readonly choice: ProviderChoice
  readonly rows: readonly KeyRow[]
  readonly url: string
  readonly body: string
  readonly format: 'http' | 'curl'
}

export function initialGenerateForm(choice: ProviderChoice, format: GenerateForm['format'] = 'http'): GenerateForm {
  const provider = providerOf(choice)
  const secrets = (provider.slots ?? ['']).map(() => madeUpSecret(provider))
  return {
    choice,
    rows: initialRows(provider, secrets),
    url: `https://receiver.example/webhooks/${choice.id}`,
    body: SAMPLE_EVENTS[choice.id]?.[0]?.body ?? '',
    format,
  }
}

/** The delivery of a form as the vendor would send it at a moment. @throws whatever is wrong with the form. */
export async function signedDelivery(form: GenerateForm, now: number): Promise<Signed> {
  const provider = providerOf(form.choice)
  return { provider, rows: form.rows, now, delivery: await signedExample(provider, form.rows, form, now) }
}

export function requestText({ format }: GenerateForm, delivery: Example): string {
  return format === 'http' ? rawHttp(delivery) : formatCurl({ method: 'POST', ...delivery })
}

/** What is to be verified: that delivery, signed at that moment, with the mistake made. */
export async function verifyFormOf(form: GenerateForm, mistake: Mistake | undefined, now: number): Promise<VerifyForm> {
  const signed = await signedDelivery(form, now)
  const { delivery, rows } = (await mistake?.make(signed)) ?? signed
  const pasted = requestText(form, delivery)
  return { choice: form.choice, request: { ...NO_REQUEST, pasted }, rows, moment: '' }
}
