import { expectThat } from './expect.js'
import { explainBodyCases } from './explain-body-cases.js'
import { explainDigestCases } from './explain-digest-cases.js'
import { explainHeaderCases } from './explain-header-cases.js'
import { explainKeyCases } from './explain-key-cases.js'
import { explained } from './explain-mistake.js'
import { explainSecretCases } from './explain-secret-cases.js'
import type { Subject } from './subject.js'
import { type ProviderUnderTest, subjectsOf } from './suite.js'
import { type SuiteCase, suiteCase } from './suite-case.js'
import type { ProviderVectors } from './vectors.js'

/**
 * Whether `explain` finds what people get wrong with a provider: each mistake is made, with MACs by WebCrypto, and has to
 * be the first finding. To be run like `providerSuite`, with the same vectors: one valid vector of each set of options is
 * what the mistakes are made with.
 *
 * @throws as `providerSuite`.
 */
export function explainSuite(provider: ProviderUnderTest, vectors: ProviderVectors): readonly SuiteCase[] {
  const seen = new Set<string>()
  const cases = subjectsOf(provider, vectors).flatMap(({ where, subject }) => {
    const scheme = JSON.stringify(subject.vector.options ?? {})
    if (seen.has(scheme)) return []
    seen.add(scheme)
    return casesOf(subject).map(({ name, run }) => suiteCase(`${where}: ${name}`, run))
  })
  return Object.freeze(cases)
}

function casesOf(subject: Subject): readonly SuiteCase[] {
  const derive = [explainKeyCases, explainSecretCases, explainDigestCases, explainBodyCases, explainHeaderCases]
  return [nothingCase(subject), ...derive.flatMap((cases) => cases(subject))]
}

function nothingCase(subject: Subject): SuiteCase {
  return suiteCase('explain: nothing is wrong with the delivery as it is', async () => {
    const findings = await explained(subject, { keys: subject.ring })
    expectThat(findings.length === 0, 'no finding', findings.map(({ code }) => code).join(', '))
  })
}
