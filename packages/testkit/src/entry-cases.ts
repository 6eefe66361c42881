import { invert } from './bytes.js'
import { digestBytes, digestText } from './digest-text.js'
import { expectRefused, expectVerified } from './expect.js'
import { encodingOf, freshMac, headersWith, messageOf } from './fresh-mac.js'
import { type HmacSubject, judge, unsignedHeaders } from './subject.js'
import { soleRing } from './subject-keys.js'
import { type SuiteCase, suiteCase } from './suite-case.js'

/** Where a header holds several signatures, any of them may be the good one. */
export function entryCases(subject: HmacSubject): readonly SuiteCase[] {
  return [...placeCases(subject), ...formattedCases(subject)]
}

/** The good signature in each of the places that the vector's header has. */
function placeCases(subject: HmacSubject): readonly SuiteCase[] {
  const length = Math.max(...subject.signatures.map(({ candidates }) => candidates.length))
  if (length < 2) return []
  return Array.from({ length }, (_, place) =>
    suiteCase(
      `entries: the good one in place ${place + 1} of ${length}, beside others (defect: only one is kept), verifies`,
      async () => {
        const { good, other } = await goodAndOther(subject)
        const headers = headersWith(subject, (index) => (index === place ? good : other))
        await expectVerified(subject, { headers, ring: soleRing(subject) })
      },
    ),
  )
}

async function goodAndOther(subject: HmacSubject): Promise<{ good: string; other: string }> {
  const good = await freshMac(subject)
  return { good, other: inverted(subject, good) }
}

function inverted(subject: HmacSubject, text: string): string {
  const encoding = encodingOf(subject)
  return digestText(invert(digestBytes(text, encoding) ?? new Uint8Array()), encoding)
}

/** The same in headers as the provider's own `format` writes them, where the vector has but one signature. */
function formattedCases(subject: HmacSubject): readonly SuiteCase[] {
  const text = subject.signatures[0]?.candidates[0]?.text ?? ''
  if (!holdsBoth(formatted(subject, [text, inverted(subject, text)]), text, inverted(subject, text))) return []
  const verifies = (name: string, order: (good: string, other: string) => readonly string[]) =>
    suiteCase(`entries: as the provider's format writes them, ${name} (defect: only one is kept) verify`, async () => {
      const { good, other } = await goodAndOther(subject)
      await expectVerified(subject, { headers: formatted(subject, order(good, other)) ?? {}, ring: soleRing(subject) })
    })
  return [
    verifies('a good one and another', (good, other) => [good, other]),
    verifies('another and a good one', (good, other) => [other, good]),
    suiteCase("entries: as the provider's format writes them, nine are refused, the good one among them", async () => {
      const { good, other } = await goodAndOther(subject)
      const nine = [...Array.from({ length: 8 }, () => other), good]
      await expectRefused(judge(subject, { headers: formatted(subject, nine) ?? {} }), 'malformed-signature')
    }),
  ]
}

/** Undefined where the provider has no `format`, or one that does not take so many. */
function formatted(subject: HmacSubject, texts: readonly string[]): Record<string, string> | undefined {
  const [key] = soleRing(subject).keys
  const { format } = subject.scheme
  if (format === undefined || key === undefined) return undefined
  try {
    const digests = texts.map((text, index) => ({
      text,
      key,
      state: index < texts.length - 1 ? ('retiring' as const) : ('active' as const),
    }))
    return { ...unsignedHeaders(subject), ...format(digests, messageOf(subject)) }
  } catch {
    return undefined
  }
}

function holdsBoth(headers: Record<string, string> | undefined, one: string, other: string): boolean {
  return Object.values(headers ?? {}).some((text) => text.includes(one) && text.includes(other))
}
