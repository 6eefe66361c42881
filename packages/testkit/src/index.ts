export { type ProviderUnderTest, providerSuite } from './suite.js'
export type { SuiteCase } from './suite-case.js'
export type { ProviderVectors, Vector, VectorKey } from './vectors.js'
