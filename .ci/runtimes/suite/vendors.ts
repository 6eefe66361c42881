import { agilePoint } from '@countersign/agilepoint'
import { agilePointEvents } from '@countersign/agilepoint/events'
import { autify } from '@countersign/autify'
import { autifyEvents, autifyKnownEvents } from '@countersign/autify/events'
import type { AnyProvider, StandardSchema } from '@countersign/core'
import { globalCommerce } from '@countersign/global-commerce'
import { globalCommerceEvents, globalCommerceKnownEvents } from '@countersign/global-commerce/events'
import { insider } from '@countersign/insider'
import { insiderEvents } from '@countersign/insider/events'
import { orangeLogic } from '@countersign/orange-logic'
import { orangeLogicEvents } from '@countersign/orange-logic/events'
import type { ProviderId } from './delivery.js'
import type { Random } from './random.js'

export interface Vendor {
  provider(options: never): AnyProvider
  /** Options of the adapter, any that it takes. */
  options(random: Random): unknown
  readonly schemas: Readonly<Record<string, StandardSchema<unknown>>>
}

const HASHES = ['sha1', 'sha256', 'sha384', 'sha512'] as const
const ENCODINGS = ['hex', 'base64'] as const
const TWO_HEADERS = { primary: 'X-AgilePoint-Primary', secondary: 'X-AgilePoint-Secondary' }

export const VENDORS: Readonly<Record<ProviderId, Vendor>> = {
  agilepoint: {
    provider: agilePoint,
    options: (random) => ({
      headers: random.chance(0.6)
        ? TWO_HEADERS
        : { both: 'X-AgilePoint-Digests', separator: random.pick([',', ';', ' ']) },
      ...(random.chance(0.25) ? { mode: 'token' } : { hash: random.pick(HASHES), encoding: random.pick(ENCODINGS) }),
    }),
    schemas: { events: agilePointEvents },
  },
  'orange-logic': {
    provider: orangeLogic,
    options: (random) => ({
      hash: random.pick(['sha256', 'sha512']),
      signedContent: random.pick(['body', 'standard-webhooks']),
      ...(random.chance(0.3) && { rotationPeriodMs: random.pick([0, 1, 60_000, 86_400_000]) }),
    }),
    schemas: { events: orangeLogicEvents },
  },
  insider: {
    provider: insider,
    options: (random) => (random.chance(0.25) ? { mode: 'token' } : { encoding: random.pick(ENCODINGS) }),
    schemas: { events: insiderEvents },
  },
  'global-commerce': {
    provider: globalCommerce,
    options: (random) => random.pick([{}, { activates: 'immediately' }, { activates: 'after-grace' }]),
    schemas: { events: globalCommerceEvents, known: globalCommerceKnownEvents },
  },
  autify: {
    provider: autify,
    options: () => ({}),
    schemas: { events: autifyEvents, known: autifyKnownEvents },
  },
}
