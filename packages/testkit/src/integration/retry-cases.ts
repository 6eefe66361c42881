import type { IdempotencyStore } from '@countersign/core'
import { deliveryOf, eventBody } from './delivery.js'
import { expectHandled, expectStatus } from './expect-delivery.js'
import { anywhere, type IntegrationCase } from './integration-case.js'
import { OTHER_SECRET, TENANTS } from './tenants.js'
import { NOW, PLAIN, STAMPED, TOKEN } from './vendors.js'

const BODY = eventBody(1)

/** What comes again is known again, by what is signed of it; and what only looks alike is not. */
export const RETRY_CASES: readonly IntegrationCase[] = [
  ...[PLAIN, STAMPED, TOKEN].map((vendor) =>
    anywhere(`retry: the same delivery of '${vendor.provider.id}' three times: 200, handled once`, async (start) => {
      const trial = await start({ vendor })
      for (let time = 0; time < 3; time++) await expectStatus(trial, deliveryOf(vendor, BODY), 200)
      expectHandled(trial, BODY)
    }),
  ),
  anywhere('retry: the same signed id, with a new stamp and signature: 200, handled once', async (start) => {
    const trial = await start({ vendor: STAMPED })
    await expectStatus(trial, deliveryOf(STAMPED, BODY), 200)
    await expectStatus(trial, deliveryOf(STAMPED, BODY, { stamp: NOW + 60_000 }), 200)
    expectHandled(trial, BODY)
  }),
  anywhere('retry: no id, and the signature of a newer secret: 200, handled once', async (start) => {
    const trial = await start({ keys: [PLAIN.secret, 'the-made-up-newer-secret'] })
    await expectStatus(trial, deliveryOf(PLAIN, BODY), 200)
    await expectStatus(trial, deliveryOf(PLAIN, BODY, { secret: 'the-made-up-newer-secret' }), 200)
    expectHandled(trial, BODY)
  }),
  anywhere('retry: the same body under another signed id is another delivery', async (start) => {
    const trial = await start({ vendor: STAMPED })
    await expectStatus(trial, deliveryOf(STAMPED, BODY, { id: 'msg_1' }), 200)
    await expectStatus(trial, deliveryOf(STAMPED, BODY, { id: 'msg_2' }), 200)
    expectHandled(trial, BODY, BODY)
  }),
  anywhere('retry: no id, and another body is another delivery', async (start) => {
    const trial = await start()
    await expectStatus(trial, deliveryOf(PLAIN, '{"id":1}'), 200)
    await expectStatus(trial, deliveryOf(PLAIN, '{"id":1} '), 200)
    expectHandled(trial, '{"id":1}', '{"id":1} ')
  }),
  anywhere('retry: the same delivery for another tenant is another delivery', async (start) => {
    const trial = await start(TENANTS)
    await expectStatus(trial, deliveryOf(PLAIN, BODY, { query: '?tenant=acme' }), 200)
    await expectStatus(trial, deliveryOf(PLAIN, BODY, { query: '?tenant=other', secret: OTHER_SECRET }), 200)
    expectHandled(trial, BODY, BODY)
  }),
  anywhere('retry: to another instance with the same store: 200, handled once', async (start) => {
    let shared: IdempotencyStore | undefined
    const store = (own: IdempotencyStore) => {
      shared ??= own
      return shared
    }
    const [one, other] = [await start({ store }), await start({ store })]
    await expectStatus(one, deliveryOf(PLAIN, BODY), 200)
    await expectStatus(other, deliveryOf(PLAIN, BODY), 200)
    expectHandled(one, BODY)
    expectHandled(other)
  }),
]
