import { keyring } from '@countersign/core'
import { expectRefused, expectThat, expectVerified } from './expect.js'
import { freshMac } from './fresh-mac.js'
import { fieldsOf, type SignatureHeader } from './signature-header.js'
import { isHmac, judge, type Subject, sameName, unsignedHeaders } from './subject.js'
import { secretBytes, secretFrom } from './subject-keys.js'
import { type SuiteCase, suiteCase } from './suite-case.js'

/** Where each key belongs to a slot with a header of its own, it authenticates nothing in the header of another. */
export function slotCases(subject: Subject): readonly SuiteCase[] {
  const slotted = subject.signatures.filter(({ slot }) => slot !== undefined)
  if (subject.provider.slots === undefined || slotted.length === 0) return otherSlotCases(subject)
  return [
    ...slotted.map((header) => aloneCase(subject, header)),
    movedCase(subject, slotted),
    ...otherSlotCases(subject),
  ]
}

function aloneCase(subject: Subject, header: SignatureHeader): SuiteCase {
  const name = `slots: the header of '${header.slot}' alone verifies if a usable key of that slot made it, else is refused`
  return suiteCase(name, async () => {
    const headers = { ...unsignedHeaders(subject), [header.name]: header.text }
    const makers = await makersOf(subject, header)
    const verdict = await judge(subject, { headers })
    if (makers.length === 0) await expectRefused(Promise.resolve(verdict), 'no-matching-key')
    else
      expectThat(
        verdict.ok && makers.includes(verdict.keyId),
        `acceptance by ${makers}`,
        verdict.ok ? verdict.keyId : verdict.reason,
      )
  })
}

/** The usable keys of the header's slot that made what it holds; found without the library. */
async function makersOf(subject: Subject, { slot, candidates }: SignatureHeader): Promise<readonly string[]> {
  const usable = subject.ring.usable(subject.vector.now).map(({ id }) => id)
  const makers: string[] = []
  for (const key of subject.vector.keys) {
    if (key.slot !== slot || !usable.includes(key.id)) continue
    const text = isHmac(subject) ? await freshMac(subject, { secret: secretBytes(key) }) : key.secret
    if (candidates.some((candidate) => candidate.text === text)) makers.push(key.id)
  }
  return makers
}

/** Each header's text goes to the next slot's header. */
function movedCase(subject: Subject, slotted: readonly SignatureHeader[]): SuiteCase {
  const fields = fieldsOf(subject.scheme).filter(({ slot }) => slot !== undefined)
  return suiteCase('slots: signatures moved to the header of another slot are refused', async () => {
    const moved = slotted.map((header) => {
      const at = fields.findIndex((field) => sameName(field.header, header.name))
      return [fields[(at + 1) % fields.length]?.header ?? header.name, header.text]
    })
    const headers = { ...unsignedHeaders(subject), ...Object.fromEntries(moved) }
    await expectRefused(judge(subject, { headers }), 'no-matching-key')
  })
}

/** The same secret in a key of another slot. A header that is for all slots takes any of them. */
function otherSlotCases(subject: Subject): readonly SuiteCase[] {
  const { key, provider } = subject
  const isForOneSlot = subject.signatures.every(({ candidates }) => candidates.every(({ slot }) => slot !== undefined))
  return (provider.slots ?? [])
    .filter((slot) => slot !== key.slot)
    .map((slot) => {
      const secret = isHmac(subject) ? secretFrom(secretBytes(key)) : key.secret
      const ring = keyring([{ id: key.id, slot, secret }])
      return isForOneSlot
        ? suiteCase(`slots: the matching key, were it of slot '${slot}', is refused`, async () => {
            const own = subject.signatures.filter((header) => header.slot === key.slot)
            const headers = {
              ...unsignedHeaders(subject),
              ...Object.fromEntries(own.map(({ name, text }) => [name, text])),
            }
            await expectRefused(judge(subject, { headers, ring }), 'no-matching-key')
          })
        : suiteCase(
            `slots: the matching key, were it of slot '${slot}', verifies in a header for all slots`,
            async () => {
              await expectVerified(subject, { ring })
            },
          )
    })
}
