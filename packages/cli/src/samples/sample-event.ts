import { agilePointSample } from './agilepoint.js'
import { autifySample } from './autify.js'
import { globalCommerceSample } from './global-commerce.js'
import { insiderSample } from './insider.js'
import { orangeLogicSample } from './orange-logic.js'

/** An event of each provider, made up, of the form that the vendor documents. */
export const SAMPLES: Readonly<Record<string, object>> = {
  agilepoint: agilePointSample,
  'orange-logic': orangeLogicSample,
  insider: insiderSample,
  'global-commerce': globalCommerceSample,
  autify: autifySample,
}

/** The body of a provider's sample event. */
export function sampleBody(providerId: string): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(SAMPLES[providerId]))
}
