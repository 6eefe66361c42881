import { sameBytes } from './bytes.js'
import { assuranceOf, expectAccepted, expectRefused, expectThat, fail } from './expect.js'
import { type Delivered, judge } from './subject.js'
import { type SuiteCase, suiteCase } from './suite-case.js'
import type { ValidVector } from './vectors.js'

/** The known answer itself, and that asking changes nothing. */
export function validVectorCases(delivered: Delivered<ValidVector>): readonly SuiteCase[] {
  const { vector, provider, body } = delivered
  const { keyId, keyState } = vector
  const expected = { keyId, keyState, assurance: assuranceOf(provider.scheme.kind) }
  return [
    suiteCase(`verifies with key '${keyId}', ${keyState}, assurance '${expected.assurance}'`, async () => {
      const verdict = await expectAccepted(judge(delivered), expected)
      expectThat(verdict.provider === provider.id, `provider '${provider.id}' in the verdict`, `'${verdict.provider}'`)
      expectThat(sameBytes(verdict.body, body), 'the body in the verdict as it was delivered', 'other bytes')
    }),
    suiteCase('verifies again, and many at a time: nothing is remembered from one to the next', async () => {
      await expectAccepted(judge(delivered), expected)
      await Promise.all([1, 2, 3].map(() => expectAccepted(judge(delivered), expected)))
    }),
    suiteCase('verifying leaves the bytes of the body as they are', async () => {
      const lent = body.slice()
      await expectAccepted(judge(delivered, { body: lent }), expected)
      expectThat(sameBytes(lent, body), 'the same bytes after verifying', 'other bytes')
    }),
  ]
}

/** The known refusal. */
export function invalidVectorCases(delivered: Delivered): readonly SuiteCase[] {
  const { vector } = delivered
  if (vector.result !== 'invalid') return []
  return [
    suiteCase(`is refused as ${vector.reason}`, async () => {
      await expectRefused(judge(delivered), vector.reason)
    }),
  ]
}

/** Where the scheme does not find a valid vector's signatures, nothing can be derived; that must not look like success. */
export function unreadableCase({ provider }: Delivered): SuiteCase {
  return suiteCase('its signatures stand in its headers, where the scheme says', () => {
    const seen = 'none: see header, prefix, encoding and parse; each text that parse gives must stand in the header'
    fail(`a well-formed signature in the headers that the scheme of '${provider.id}' names`, seen)
  })
}
