import type { SuiteCase } from '../suite-case.js'
import { ABORT_CASES } from './abort-cases.js'
import { BYTE_CASES } from './byte-cases.js'
import { CAP_CASES, CAP_SOCKET_CASES } from './cap-cases.js'
import { CONNECTION_CASES, PARALLEL_CASES } from './connection-cases.js'
import { CONTENT_TYPE_CASES } from './content-type-cases.js'
import type { SkinUnderTest } from './endpoint.js'
import { FAILURE_CASES } from './failure-cases.js'
import { HEADER_CASES } from './header-cases.js'
import { IN_FLIGHT_CASES } from './in-flight-cases.js'
import { caseFor } from './integration-case.js'
import { METHOD_CASES } from './method-cases.js'
import { parsedCases } from './parsed-cases.js'
import { PAYLOAD_CASES } from './payload-cases.js'
import { REFUSAL_CASES } from './refusal-cases.js'
import { RETRY_CASES } from './retry-cases.js'
import { STORE_CASES } from './store-cases.js'
import { UPLOAD_CASES } from './upload-cases.js'

const ANYWHERE = [
  ...[BYTE_CASES, CONTENT_TYPE_CASES, HEADER_CASES, REFUSAL_CASES, PAYLOAD_CASES, METHOD_CASES, CAP_CASES],
  ...[RETRY_CASES, IN_FLIGHT_CASES, FAILURE_CASES, STORE_CASES, PARALLEL_CASES],
].flat()

const ON_SOCKET = [UPLOAD_CASES, ABORT_CASES, CAP_SOCKET_CASES, CONNECTION_CASES].flat()

/**
 * The integration suite of a skin: of what brings a receiver into a framework or a platform. To be run by whatever runs
 * tests:
 *
 * ```js
 * for (const { name, run } of integrationSuite(skin)) test(name, run)
 * ```
 *
 * Each case starts what it needs with the skin, and closes it. An endpoint that listens is spoken to over real connections,
 * one that is called gets the same deliveries through `send`.
 */
export function integrationSuite(skin: SkinUnderTest): readonly SuiteCase[] {
  const derived = [...ANYWHERE, ...(skin.endpoint === 'called' ? [] : ON_SOCKET)]
  return Object.freeze([
    ...derived.map((one) => caseFor(skin, (setup) => skin.start(setup), one)),
    ...parsedSuite(skin),
  ])
}

function parsedSuite(skin: SkinUnderTest): readonly SuiteCase[] {
  const begin = skin.startParsed?.bind(skin)
  return begin ? parsedCases(skin).map((one) => caseFor(skin, begin, one)) : []
}
