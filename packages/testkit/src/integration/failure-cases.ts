import { keyring } from '@countersign/core'
import { THROWN_TEXT } from './answer-text.js'
import { deliveryOf, eventBody } from './delivery.js'
import { expectErrorTold, expectHandled, expectRetryAfter, expectStatus } from './expect-delivery.js'
import { anywhere, type IntegrationCase } from './integration-case.js'
import { NOW, PLAIN } from './vendors.js'

const BODY = eventBody(1)
const MESSAGE = deliveryOf(PLAIN, BODY)

/** What a handler may throw. Frameworks make an answer of some of it. */
const THROWN: readonly { name: string; thrown: unknown }[] = [
  { name: 'an Error', thrown: new Error(THROWN_TEXT) },
  {
    name: 'an error that names a status and headers, and may be shown',
    thrown: Object.assign(new Error(THROWN_TEXT), {
      status: 418,
      statusCode: 418,
      expose: true,
      headers: { 'x-told': THROWN_TEXT },
      getResponse: () => new Response(THROWN_TEXT, { status: 418 }),
    }),
  },
  { name: 'text', thrown: THROWN_TEXT },
  { name: 'nothing', thrown: undefined },
]

/** Our faults are answered 5xx, so that the vendor tries again. */
export const FAILURE_CASES: readonly IntegrationCase[] = [
  ...THROWN.map(({ name, thrown }) =>
    anywhere(`failed: the handler throws ${name}: 500; the retry runs it again: 200`, async (start) => {
      const trial = await start({
        handle: async (run) => {
          if (run === 1) throw thrown
        },
      })
      await expectStatus(trial, MESSAGE, 500)
      expectErrorTold(trial)
      await expectStatus(trial, MESSAGE, 200)
      expectHandled(trial, BODY, BODY)
      await expectStatus(trial, MESSAGE, 200)
      expectHandled(trial, BODY, BODY)
    }),
  ),
  anywhere('failed: the key source throws: 503 with Retry-After; the retry: 200', async (start) => {
    let isDown = true
    const trial = await start({
      keys: async () => {
        if (isDown) throw new Error('the made-up key source is down')
        return PLAIN.secret
      },
    })
    expectRetryAfter(await expectStatus(trial, MESSAGE, 503))
    expectErrorTold(trial)
    expectHandled(trial)
    isDown = false
    await expectStatus(trial, MESSAGE, 200)
    expectHandled(trial, BODY)
  }),
  anywhere('failed: no key is usable: 503 with Retry-After, and nothing is handled', async (start) => {
    const trial = await start({ keys: keyring([{ id: 'key-1', secret: PLAIN.secret, notAfter: NOW - 1 }]) })
    expectRetryAfter(await expectStatus(trial, MESSAGE, 503))
    expectErrorTold(trial)
    expectHandled(trial)
  }),
]
