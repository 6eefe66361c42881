import {
  explainSuite,
  type ProviderUnderTest,
  type ProviderVectors,
  providerSuite,
  type SuiteCase,
} from '@countersign/testkit'
import agilepoint from '../../../packages/agilepoint/test/vectors.json'
import autify from '../../../packages/autify/test/vectors.json'
import globalCommerce from '../../../packages/global-commerce/test/vectors.json'
import insider from '../../../packages/insider/test/vectors.json'
import orangeLogic from '../../../packages/orange-logic/test/vectors.json'
import { VENDORS } from './vendors.js'

const VECTORS: readonly ProviderVectors[] = [agilepoint, orangeLogic, insider, globalCommerce, autify]

/** The testkit's suites of each provider, over the vectors that openssl made. */
export function providerCases(): readonly SuiteCase[] {
  return VECTORS.flatMap((vectors) => {
    const { provider } = VENDORS[vectors.provider as keyof typeof VENDORS]
    return [providerSuite, explainSuite].flatMap((suite) =>
      suite(provider as ProviderUnderTest, vectors).map(({ name, run }) => ({
        name: `${vectors.provider}: ${name}`,
        run,
      })),
    )
  })
}
