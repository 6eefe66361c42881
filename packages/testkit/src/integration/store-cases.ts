import type { IdempotencyStore } from '@countersign/core'
import { deliveryOf, eventBody } from './delivery.js'
import { expectErrorTold, expectHandled, expectRetryAfter, expectStatus } from './expect-delivery.js'
import { anywhere, type IntegrationCase } from './integration-case.js'
import { storeWith } from './store-with.js'
import { PLAIN } from './vendors.js'

const BODY = eventBody(1)
const MESSAGE = deliveryOf(PLAIN, BODY)

const down = () => Promise.reject(new Error('the made-up store is down'))

/** How the end of a delivery is not recorded. */
const NOT_RECORDED: readonly { name: string; complete: IdempotencyStore['complete'] }[] = [
  { name: 'the store is down when the handler has ended', complete: down },
  { name: 'the claim was lost when the handler has ended', complete: async () => false },
]

/** A store that is down is never "new", and never "done". */
export const STORE_CASES: readonly IntegrationCase[] = [
  anywhere('store: down: 503 with Retry-After, and nothing is handled; the retry: 200', async (start) => {
    const calls: { claim?: IdempotencyStore['claim'] } = { claim: down }
    const trial = await start({ store: (own) => storeWith(own, calls) })
    expectRetryAfter(await expectStatus(trial, MESSAGE, 503))
    expectErrorTold(trial)
    expectHandled(trial)
    delete calls.claim
    await expectStatus(trial, MESSAGE, 200)
    expectHandled(trial, BODY)
  }),
  anywhere('store: down, for a forged delivery: 401, for the store is not asked', async (start) => {
    const trial = await start({ store: (own) => storeWith(own, { claim: down }) })
    await expectStatus(trial, deliveryOf(PLAIN, BODY, { secret: 'another-made-up-secret' }), 401)
  }),
  anywhere("store: down, with whenStoreDown: 'handle': 200, and handled", async (start) => {
    const trial = await start({ whenStoreDown: 'handle', store: (own) => storeWith(own, { claim: down }) })
    await expectStatus(trial, MESSAGE, 200)
    expectErrorTold(trial)
    expectHandled(trial, BODY)
  }),
  ...NOT_RECORDED.map(({ name, complete }) =>
    anywhere(`store: ${name}: 503 with Retry-After`, async (start) => {
      const trial = await start({ store: (own) => storeWith(own, { complete }) })
      expectRetryAfter(await expectStatus(trial, MESSAGE, 503))
      expectHandled(trial, BODY)
    }),
  ),
  anywhere('store: down when the handler has failed: 500 all the same', async (start) => {
    const trial = await start({
      store: (own) => storeWith(own, { release: down }),
      handle: async () => {
        throw new Error('a made-up failure of the handler')
      },
    })
    await expectStatus(trial, MESSAGE, 500)
    expectErrorTold(trial)
  }),
  anywhere('store: off: each retry is handled', async (start) => {
    const trial = await start({ store: 'off' })
    await expectStatus(trial, MESSAGE, 200)
    await expectStatus(trial, MESSAGE, 200)
    expectHandled(trial, BODY, BODY)
  }),
]
