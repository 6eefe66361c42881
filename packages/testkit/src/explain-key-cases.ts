import { keyring } from '@countersign/core'
import { concat } from './bytes.js'
import { mistakeCase } from './explain-mistake.js'
import { fieldsOf } from './signature-header.js'
import { isHmac, type Subject } from './subject.js'
import { ringWith, secretOf, soleRing } from './subject-keys.js'
import type { SuiteCase } from './suite-case.js'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** Signed with a key that is in the ring, and is not used, or not for this. */
export function explainKeyCases(subject: Subject): readonly SuiteCase[] {
  const { now } = subject.vector
  const { id, slot } = subject.key
  return [
    mistakeCase(subject, 'a key that expired', { code: 'key-expired', says: 'expired 4 minutes ago' }, () => ({
      keys: soleRing(subject, { notAfter: now - 4 * MINUTE_MS }),
    })),
    mistakeCase(subject, 'a key that expired long ago', { code: 'key-expired', says: 'expired 3 days ago' }, () => ({
      keys: soleRing(subject, { notAfter: now - 3 * DAY_MS }),
    })),
    mistakeCase(subject, 'a key that was revoked', { code: 'key-revoked', says: 'revoked 1 hour ago' }, () => ({
      keys: soleRing(subject, { revokedAt: now - 60 * MINUTE_MS }),
    })),
    mistakeCase(subject, 'a key that expired, beside a good one', { code: 'key-expired', says: `'${id}'` }, () => ({
      keys: keyring([
        { id: 'another', slot, secret: 'another-secret-altogether' },
        { id, slot, secret: secretOf(subject.key), notAfter: now - MINUTE_MS },
      ]),
    })),
    mistakeCase(
      subject,
      'a secret that is another one',
      { code: 'nothing-matched', certain: false, says: 'Expected: ' },
      () => ({
        keys: ringWith(subject, 'another-secret-altogether'),
      }),
    ),
    ...stateCases(subject),
    ...otherSlotCases(subject),
  ]
}

/** The state of the key that would do is told beside what is wrong. */
function stateCases(subject: Subject): readonly SuiteCase[] {
  if (!isHmac(subject)) return []
  const { now } = subject.vector
  const { id, slot } = subject.key
  const dates = { staged: { activeFrom: now + MINUTE_MS }, retiring: { retireFrom: now - MINUTE_MS } }
  return (['staged', 'retiring'] as const).map((state) =>
    mistakeCase(
      subject,
      `a ${state} key, and a changed body`,
      { code: 'body-newline', says: `which is ${state}, ` },
      () => ({
        keys: keyring([{ id, slot, secret: secretOf(subject.key), ...dates[state] }]),
        body: concat(subject.body, '\n'),
      }),
    ),
  )
}

function otherSlotCases(subject: Subject): readonly SuiteCase[] {
  const slots = fieldsOf(subject.scheme).flatMap(({ slot }) => slot ?? [])
  const other = slots.find((slot) => slot !== subject.key.slot)
  if (other === undefined) return []
  const { id } = subject.key
  return [
    mistakeCase(subject, "another slot's key", { code: 'other-slot', says: `slot '${subject.key.slot}'` }, () => ({
      keys: keyring([{ id, slot: other, secret: secretOf(subject.key) }]),
    })),
  ]
}
