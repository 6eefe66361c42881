import { bytesText, textOf } from './bytes.js'
import { type BodyForm, type Delivery, HEADER_FORMS, type Header, type ProviderId } from './delivery.js'
import { pickKind } from './kinds/index.js'
import { newPlan, type Plan, signPlan } from './plan.js'
import { createRandom, type Random } from './random.js'

/** The delivery of that number: it follows from the seed, whatever was made before it, and in whatever runtime. */
export async function deliveryOf(seed: number, provider: ProviderId, index: number): Promise<Delivery> {
  const random = createRandom(`${seed}/${provider}/${index}`)
  const usual = newPlan(random, provider)
  const kind = pickKind(random, usual)
  const plan: Plan = { ...usual, ...kind.plan?.(usual, random) }
  const signed = await signPlan(plan)
  const tampered = kind.tamper?.(signed, random)
  const { headers, body } = { ...signed, ...tampered }
  const text = body === plan.body ? plan.text : undefined
  return {
    ...{ provider, index, kind: kind.name, options: plan.options, keys: plan.keys, tenant: plan.tenant },
    keysAs: plan.tenant === undefined ? random.pick(keyFormsOf(plan)) : 'source',
    ...{ headers, body, text, now: plan.now, schema: plan.schema },
    ...handedOver(random, headers, body, text),
    ...{ toleranceSeconds: plan.toleranceSeconds, maxBodyBytes: plan.maxBodyBytes },
    observed: random.chance(0.75),
    ...{ expected: plan.expected, ...tampered },
  }
}

/** Keys that are no more than secrets may be given as such. */
function keyFormsOf({ keys, provider }: Plan): readonly Delivery['keysAs'][] {
  const arePlain = keys.every(
    ({ encoding, id: _, secret, slot, ...dates }) => isPlain(secret, encoding) && isEmpty(dates),
  )
  const areOnePerSlot = provider.slots === undefined || new Set(keys.map(({ slot }) => slot)).size === keys.length
  return arePlain && areOnePerSlot ? ['plain', 'plain', 'ring', 'source'] : ['ring', 'ring', 'source']
}

function isPlain(secret: string, encoding: string | undefined): boolean {
  return encoding === undefined && secret.trim() === secret
}

function isEmpty(object: object): boolean {
  return Object.keys(object).length === 0
}

const ANY_BODY: readonly BodyForm[] = ['bytes', 'buffer', 'view', 'dataView', 'shared']
const TEXT: readonly BodyForm[] = ['text', 'text', 'text']
const NOTHING: readonly BodyForm[] = ['null', 'undefined']
const REQUEST: readonly BodyForm[] = ['request', 'stream', 'stream']

/** A form for the headers and one for the body that can hold them. */
function handedOver(random: Random, headers: readonly Header[], body: Uint8Array, text: string | undefined) {
  const fitsHeaders = headers.every(isForHeaders)
  const decoded = text ?? textOf(body)
  const bodyForms: readonly BodyForm[] = [
    ...ANY_BODY,
    ...(decoded === undefined ? [] : TEXT),
    ...(body.length === 0 ? NOTHING : []),
    ...(fitsHeaders ? REQUEST : []),
  ]
  return {
    bodyAs: random.pick(bodyForms),
    headersAs: random.pick(HEADER_FORMS.filter((form) => fitsHeaders || form !== 'headers')),
    chunks: Array.from({ length: random.between(1, 4) }, () => random.pick([0, 1, 1, 2, 3, 7, 64, 1000, 16_384])),
  }
}

/** Whether the web's `Headers` hold it: a name that is a token, and a value of latin1 without control characters. */
function isForHeaders([name, value]: Header): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value)
}

/** All of a delivery as JSON: for a digest, and for the reader. */
export async function describe(delivery: Delivery): Promise<string> {
  return JSON.stringify({ ...delivery, body: await bytesText(delivery.body), expected: undefined })
}
