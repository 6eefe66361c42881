import { expectThat } from '../expect.js'
import { deliveryOf, eventBody } from './delivery.js'
import { expectHandled, expectNoError, expectStatus } from './expect-delivery.js'
import { anywhere, type IntegrationCase } from './integration-case.js'
import { PLAIN } from './vendors.js'

const WITHOUT_BODY = ['GET', 'HEAD', 'OPTIONS', 'DELETE']
const WITH_BODY = ['PUT', 'PATCH', 'DELETE']

export const METHOD_CASES: readonly IntegrationCase[] = [
  ...[
    ...WITHOUT_BODY.map((method) => [method, ''] as const),
    ...WITH_BODY.map((method) => [method, '{}'] as const),
  ].map(([method, body]) =>
    anywhere(`method: ${method}${body && ' with a signed body'}: 405 with Allow: POST`, async (start) => {
      const trial = await start()
      const { headers } = await expectStatus(trial, deliveryOf(PLAIN, body, { method }), 405)
      expectThat(headers.allow === 'POST', 'Allow: POST', String(headers.allow))
      expectHandled(trial)
      expectNoError(trial)
      // The connection may have been left with a body on it.
      await expectStatus(trial, deliveryOf(PLAIN, eventBody(1)), 200)
    }),
  ),
  anywhere('method: POST whatever an overriding header says: 200', async (start) => {
    const trial = await start()
    const headers = [['X-HTTP-Method-Override', 'GET'] as const]
    await expectStatus(trial, deliveryOf(PLAIN, eventBody(1), { headers }), 200)
  }),
  anywhere('method: PUT that an overriding header calls POST: 405', async (start) => {
    const trial = await start()
    const headers = [['X-HTTP-Method-Override', 'POST'] as const]
    await expectStatus(trial, deliveryOf(PLAIN, eventBody(1), { method: 'PUT', headers }), 405)
    expectHandled(trial)
  }),
]
