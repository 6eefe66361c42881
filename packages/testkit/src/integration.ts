export type {
  CalledEndpoint,
  ListeningEndpoint,
  ReceiverContext,
  ReceiverSetup,
  Reply,
  SentMessage,
  SkinUnderTest,
} from './integration/endpoint.js'
export { integrationSuite } from './integration/integration-suite.js'
export type { SuiteCase } from './suite-case.js'
