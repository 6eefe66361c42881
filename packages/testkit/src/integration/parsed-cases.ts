import { CountersignError } from '@countersign/core'
import { expectThat } from '../expect.js'
import { deliveryOf, eventBody, type Message } from './delivery.js'
import type { SkinUnderTest } from './endpoint.js'
import { expectHandled } from './expect-delivery.js'
import { anywhere, type IntegrationCase } from './integration-case.js'
import { PLAIN } from './vendors.js'

const PARSED: readonly { name: string; message: Message }[] = [
  { name: 'JSON', message: deliveryOf(PLAIN, eventBody(1)) },
  { name: 'an empty object', message: deliveryOf(PLAIN, '{}') },
  { name: 'an empty list', message: deliveryOf(PLAIN, '[]') },
  { name: '64 KiB', message: deliveryOf(PLAIN, `{"text":"${'x'.repeat(65_536)}"}`) },
  { name: 'a forgery', message: deliveryOf(PLAIN, eventBody(1), { secret: 'another-made-up-secret' }) },
]

/** The bytes are gone, so nothing can be said of the signature. That is a fault of the set-up, and it says what to do. */
export function parsedCases({ fix }: SkinUnderTest): readonly IntegrationCase[] {
  return PARSED.map(({ name, message }) =>
    anywhere(`parsed: ${name}, read by a body parser before: 5xx and not 401; onError is told why`, async (start) => {
      const trial = await start()
      const { status } = await trial.send(message)
      expectThat(status >= 500 && status <= 599, 'an answer 5xx', String(status))
      expectHandled(trial)
      expectTold(trial.errors[0], fix)
    }),
  )
}

function expectTold(error: unknown, fix: SkinUnderTest['fix']): void {
  const { code, message } = error instanceof CountersignError ? error : { code: undefined, message: '' }
  const isOfBody = code === 'body-already-read' || code === 'body-not-bytes'
  expectThat(isOfBody, "a CountersignError 'body-already-read' or 'body-not-bytes'", String(error))
  const isNamed = fix === undefined || (typeof fix === 'string' ? message.includes(fix) : fix.test(message))
  expectThat(isNamed, `a message that names ${fix}`, message)
}
