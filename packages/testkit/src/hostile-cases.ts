import type { BodyInput, HeadersInput } from '@countersign/core'
import { expectRefused, expectRefusedOrOurs, expectThat, expectThrown } from './expect.js'
import { hostileContainers, hostileTexts, hostileValues, noContainers } from './hostile-values.js'
import { isHmac, judge, type Subject, unsignedHeaders } from './subject.js'
import { type SuiteCase, suiteCase } from './suite-case.js'

const MAX_MS = 1000

/** Whatever a sender delivers gets a verdict: no exception, no coercion, no long wait. */
export function hostileCases(subject: Subject): readonly SuiteCase[] {
  return [
    ...valueCases(subject),
    ...besideCases(subject),
    ...containerCases(subject),
    ...textCases(subject),
    ...bodyCases(subject),
    ...ourFaultCases(subject),
  ]
}

function valueCases(subject: Subject): readonly SuiteCase[] {
  return hostileValues(subject.signatures[0]?.text ?? '').map(({ name, value }) =>
    suiteCase(`hostile: ${name} as the signature header is refused`, async () => {
      await expectRefused(judge(subject, { headers: signedBy(subject, value) }))
    }),
  )
}

/** As Node types headers, they may hold anything; so the types must be told otherwise. */
function signedBy(subject: Subject, value: unknown): HeadersInput {
  const values = subject.signatures.map(({ name }) => [name, value])
  return { ...unsignedHeaders(subject), ...Object.fromEntries(values) } as HeadersInput
}

/** The headers of a stamp and an id are the sender's as well. */
function besideCases(subject: Subject): readonly SuiteCase[] {
  if (!isHmac(subject)) return []
  const { timestamp, id } = subject.scheme
  return [timestamp?.header, id?.header]
    .filter((name) => name !== undefined)
    .flatMap((name) =>
      hostileValues('').map(({ name: what, value }) =>
        suiteCase(`hostile: ${what} as the header ${name} is refused`, async () => {
          const own = Object.keys(subject.headers).find((one) => one.toLowerCase() === name.toLowerCase()) ?? name
          await expectRefused(judge(subject, { headers: { ...subject.headers, [own]: value } as HeadersInput }))
        }),
      ),
    )
}

function containerCases(subject: Subject): readonly SuiteCase[] {
  return [
    ...hostileContainers(subject.headers).map(({ name, value }) =>
      suiteCase(`hostile: ${name} for headers is missing-signature`, async () => {
        await expectRefused(judge(subject, { headers: value as HeadersInput }), 'missing-signature')
      }),
    ),
    ...noContainers(subject.headers).map(({ name, value }) =>
      suiteCase(`hostile: ${name} for headers is missing-signature, or an error with a code`, async () => {
        const judged = judge(subject, { headers: value as HeadersInput })
        await expectRefusedOrOurs(judged, 'missing-signature')
      }),
    ),
  ]
}

/** A regular expression that backtracks takes minutes for some of these. */
function textCases(subject: Subject): readonly SuiteCase[] {
  return hostileTexts().map(({ name, text }) =>
    suiteCase(`hostile: ${name} in the signature header is refused within a second`, async () => {
      const values = subject.signatures.map((header) => [header.name, header.prefix + text])
      const headers = { ...unsignedHeaders(subject), ...Object.fromEntries(values) }
      const started = performance.now()
      await expectRefused(judge(subject, { headers }))
      const spent = Math.round(performance.now() - started)
      expectThat(spent <= MAX_MS, `a verdict within ${MAX_MS} ms`, `${spent} ms`)
    }),
  )
}

function bodyCases(subject: Subject): readonly SuiteCase[] {
  if (!isHmac(subject)) return []
  const bodies: readonly { name: string; body: BodyInput }[] = [
    { name: '64 KiB of NULs', body: new Uint8Array(64 * 1024) },
    { name: 'a thousand opening brackets', body: '['.repeat(1000) },
    { name: 'a lone surrogate', body: '"\ud800"' },
    { name: 'a key __proto__', body: '{"__proto__":{"ok":true},"ok":true}' },
  ]
  return bodies.map(({ name, body }) =>
    suiteCase(`hostile: a body of ${name} is refused under the vector's signature`, async () => {
      await expectRefused(judge(subject, { body }), 'no-matching-key')
    }),
  )
}

/** What no sender can do is an error, so that the vendor is told to try again. */
function ourFaultCases(subject: Subject): readonly SuiteCase[] {
  const broken = {
    get(): string {
      throw new Error('a getter of the framework failed')
    },
  }
  return [
    suiteCase('hostile: headers that throw are no verdict but headers-unreadable', async () => {
      await expectThrown(() => judge(subject, { headers: broken }), 'headers-unreadable')
    }),
    suiteCase('hostile: a body that a parser ate is no verdict but body-not-bytes', async () => {
      const parsed = { parsed: true } as unknown as BodyInput
      await expectThrown(() => judge(subject, { body: parsed }), 'body-not-bytes')
    }),
  ]
}
