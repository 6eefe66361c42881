import type { IdempotencyStore } from '@countersign/core'
import { expectThat } from '../expect.js'
import { THROWN_TEXT } from './answer-text.js'
import { deliveryOf, eventBody } from './delivery.js'
import type { Reply } from './endpoint.js'
import { expectHandled, expectReply, expectRetryAfter, expectStatus } from './expect-delivery.js'
import { anywhere, type IntegrationCase, type Start } from './integration-case.js'
import { storeWith } from './store-with.js'
import type { Trial, TrialSetup } from './trial.js'
import { PLAIN } from './vendors.js'
import { createGate, pause, soon, until } from './waiting.js'

const BODY = eventBody(1)
const MESSAGE = deliveryOf(PLAIN, BODY)

/** A trial whose handler is running, and will until `end` is called. */
interface Held {
  readonly trial: Trial
  readonly first: Promise<Reply>
  /** How often the store was asked for a claim. */
  readonly claims: () => number
  end(): void
}

/** The same delivery while it is being handled. */
export const IN_FLIGHT_CASES: readonly IntegrationCase[] = [
  anywhere("in flight: 'conflict': the duplicate gets 409 with Retry-After at once, and 200 later", async (start) => {
    const { trial, first, end } = await hold(start, { duplicateInFlight: 'conflict' })
    expectRetryAfter(await expectStatus(trial, MESSAGE, 409))
    end()
    expectReply(trial, await first, 200)
    await expectStatus(trial, MESSAGE, 200)
    expectHandled(trial, BODY)
  }),
  anywhere("in flight: 'conflict': another delivery is handled meanwhile: 200", async (start) => {
    const { trial, first, end } = await hold(start, { duplicateInFlight: 'conflict' })
    await expectStatus(trial, deliveryOf(PLAIN, eventBody(2)), 200)
    end()
    expectReply(trial, await first, 200)
    expectHandled(trial, BODY, eventBody(2))
  }),
  anywhere("in flight: 'wait': the duplicate waits for the end, and gets 200; handled once", async (start) => {
    const { trial, first, claims, end } = await hold(start, { duplicateInFlight: 'wait' })
    let isAnswered = false
    const duplicate = trial.send(MESSAGE).finally(() => {
      isAnswered = true
    })
    await until(() => claims() > 1 || isAnswered, 'the duplicate to be asked for')
    await pause(30)
    expectThat(!isAnswered, 'the duplicate to wait', 'an answer to it while the first was being handled')
    end()
    for (const reply of [await first, await duplicate]) expectReply(trial, reply, 200)
    expectHandled(trial, BODY)
  }),
  anywhere("in flight: 'wait': of twenty at the same time, one is handled, and all get 200", async (start) => {
    const { trial, first, claims, end } = await hold(start, { duplicateInFlight: 'wait' })
    const duplicates = Array.from({ length: 20 }, () => trial.send(MESSAGE))
    await until(() => claims() > 20, 'twenty claims')
    end()
    for (const reply of [await first, ...(await Promise.all(duplicates))]) expectReply(trial, reply, 200)
    expectHandled(trial, BODY)
  }),
  anywhere("in flight: 'wait': the first fails: 500; the duplicate that waited is handled: 200", async (start) => {
    const { trial, first, claims, end } = await hold(start, { duplicateInFlight: 'wait' }, new Error(THROWN_TEXT))
    const duplicate = trial.send(MESSAGE)
    await until(() => claims() > 1, 'a second claim')
    end()
    expectReply(trial, await first, 500)
    expectReply(trial, await duplicate, 200)
    expectHandled(trial, BODY, BODY)
  }),
]

/** Sends a delivery, and resolves when its handler runs. It ends with that failure, if one is given. */
async function hold(start: Start, setup: TrialSetup, failure?: Error): Promise<Held> {
  const gate = createGate()
  let claims = 0
  const claim = (own: IdempotencyStore): IdempotencyStore['claim'] => {
    return (...call) => {
      claims += 1
      return own.claim(...call)
    }
  }
  const trial = await start({
    ...setup,
    store: (own) => storeWith(own, { claim: claim(own) }),
    handle: async (run) => {
      if (run > 1) return
      await soon(gate.opened, 'the case to let the handler end')
      if (failure) throw failure
    },
  })
  const first = trial.send(MESSAGE)
  // Whoever waits for it hears of it; a case that has failed before does not.
  first.catch(() => {})
  await until(() => trial.handled.length > 0, 'the handler to run')
  return { trial, first, claims: () => claims, end: gate.open }
}
