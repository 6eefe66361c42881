import { sameBytes } from './bytes.js'
import { expectRefused, expectThat, expectVerified } from './expect.js'
import { idOf, signedContent } from './fresh-mac.js'
import { type HmacSubject, judge, withoutHeaders } from './subject.js'
import { type SuiteCase, suiteCase } from './suite-case.js'

/** Of schemes with a delivery id: a signed one is vouched for, and an unsigned one is not reported. */
export function idCases(subject: HmacSubject): readonly SuiteCase[] {
  const id = idOf(subject)
  if (id === undefined) return []
  const isSigned = !sameBytes(signedContent(subject), signedContent(subject, { id: `${id.text}0` }))
  const reported = isSigned ? id.text : undefined
  return [
    suiteCase(
      isSigned
        ? 'id: signed with the body, it is in the verdict'
        : 'id: not signed, it is not in the verdict (defect: an attacker varies it, and passes as another delivery)',
      async () => {
        const { deliveryId } = await expectVerified(subject)
        expectThat(deliveryId === reported, `deliveryId ${reported}`, String(deliveryId))
      },
    ),
    ...(id.header === undefined ? [] : headerCases(subject, id.header, id.text, isSigned)),
  ]
}

function headerCases(subject: HmacSubject, header: string, text: string, isSigned: boolean): readonly SuiteCase[] {
  const others: readonly (readonly [name: string, id: string])[] = [
    ['another one', 'another-id'],
    ['one with a character behind it', `${text}0`],
    ['one twice', `${text}, ${text}`],
  ]
  return [
    suiteCase('id: without its header is missing-signature', async () => {
      await expectRefused(judge(subject, { headers: withoutHeaders(subject.headers, [header]) }), 'missing-signature')
    }),
    // All deliveries without one would be the same delivery.
    suiteCase('id: an empty one is missing-signature', async () => {
      await expectRefused(judge(subject, { headers: { ...subject.headers, [header]: '' } }), 'missing-signature')
    }),
    ...others
      .filter(() => isSigned)
      .map(([name, id]) =>
        suiteCase(`id: ${name} is refused`, async () => {
          await expectRefused(judge(subject, { headers: { ...subject.headers, [header]: id } }), 'no-matching-key')
        }),
      ),
  ]
}
