import type fc from 'fast-check'
import { requestProperties } from '../../../packages/core/test/explain/request-properties.js'
import { encodingsAndMacs } from './encodings.js'
import { headers } from './headers.js'
import { keyrings } from './keyrings.js'
import { secrets } from './secrets.js'
import { signatures } from './signatures.js'
import { timestamps } from './timestamps.js'

/** All that is fuzzed, by the name that `--only` takes. */
export const properties: Readonly<Record<string, fc.IRawProperty<unknown>>> = {
  ...headers,
  ...signatures,
  ...timestamps,
  ...encodingsAndMacs,
  ...secrets,
  ...keyrings,
  ...requestProperties,
}
