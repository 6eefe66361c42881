import { expectThat } from '../expect.js'
import { deliveryOf } from './delivery.js'
import { expectHandled, expectNoError, expectStatus } from './expect-delivery.js'
import { anywhere, type IntegrationCase } from './integration-case.js'
import type { TrialSetup } from './trial.js'
import { PLAIN } from './vendors.js'

/** Wants a number for an id, and makes that of it. */
const SCHEMA: TrialSetup['schema'] = {
  '~standard': {
    version: 1,
    vendor: 'countersign',
    validate: (value) => {
      const { id } = value as { id: unknown }
      return typeof id === 'number' ? { value: id } : { issues: [{ message: `${id} is no number`, path: ['id'] }] }
    },
  },
}

/** A good signature under a payload that cannot be used. */
export const PAYLOAD_CASES: readonly IntegrationCase[] = [
  anywhere('payload: no JSON: 400, and nothing is handled', async (start) => {
    const trial = await start()
    await expectStatus(trial, deliveryOf(PLAIN, '{"id":'), 400)
    expectHandled(trial)
    expectNoError(trial)
  }),
  anywhere('payload: refused by the schema: 400, and nothing is handled', async (start) => {
    const trial = await start({ schema: SCHEMA })
    await expectStatus(trial, deliveryOf(PLAIN, '{"id":"one"}'), 400)
    await expectStatus(trial, deliveryOf(PLAIN, '{"id":'), 400)
    expectHandled(trial)
    expectNoError(trial)
  }),
  anywhere('payload: taken by the schema: 200, and the handler gets what the schema made of it', async (start) => {
    const trial = await start({ schema: SCHEMA })
    await expectStatus(trial, deliveryOf(PLAIN, '{"id":17}'), 200)
    const { event } = trial.handled[0] ?? {}
    expectThat(event === 17, 'the event 17', String(event))
  }),
  anywhere('payload: forged, and of a kind that the schema refuses: 401', async (start) => {
    const trial = await start({ schema: SCHEMA })
    await expectStatus(trial, deliveryOf(PLAIN, '{"id":"one"}', { secret: 'another-made-up-secret' }), 401)
    expectHandled(trial)
  }),
]
