import { expectThat } from '../expect.js'
import { deliveryOf, eventBody } from './delivery.js'
import type { Reply } from './endpoint.js'
import { expectHandled, expectNoError, expectStatus } from './expect-delivery.js'
import { anywhere, type IntegrationCase, type Start } from './integration-case.js'
import { NO_TENANT, REFUSALS, type Refusal, UNKNOWN_TENANT } from './refusals.js'
import { TENANTS } from './tenants.js'
import type { Trial, TrialSetup } from './trial.js'
import { PLAIN } from './vendors.js'

/** Of what is not authentic, the outside learns that it was refused (law 10), and nothing is done for it (law 6). */
export const REFUSAL_CASES: readonly IntegrationCase[] = [
  ...[...REFUSALS, NO_TENANT].map(({ name, message, setup }) =>
    anywhere(`refused: ${name}: 401, and nothing is handled`, async (start) => {
      const trial = await start(setup)
      await expectStatus(trial, message, 401)
      expectHandled(trial)
      expectNoError(trial)
    }),
  ),
  anywhere('refused: whatever the reason is, the answers are alike, header by header', (start) =>
    expectAlike(start, REFUSALS),
  ),
  // Else it could be tried out which tenants there are, where they are looked up for the request.
  anywhere('tenant: none is refused as an unknown one is, header by header', (start) =>
    expectAlike(start, [UNKNOWN_TENANT, NO_TENANT]),
  ),
  ...['?tenant=acme', '?x=%2F+&x=%26tenant%3Dother&tenant=ac%6De&empty='].map((query) =>
    anywhere(`tenant: from the query, such as ${query}, is told to key source and handler: 200`, async (start) => {
      const trial = await start(TENANTS)
      const body = eventBody(1)
      await expectStatus(trial, deliveryOf(PLAIN, body, { query }), 200)
      expectHandled(trial, body)
      const tenant = trial.handled[0]?.tenant
      expectThat(tenant === 'acme', "tenant 'acme'", String(tenant))
    }),
  ),
]

async function expectAlike(start: Start, refusals: readonly Refusal[]): Promise<void> {
  const trials = new Map<TrialSetup | undefined, Trial>()
  const answers = new Map<string, string>()
  for (const { name, message, setup } of refusals) {
    const trial = trials.get(setup) ?? (await start(setup))
    trials.set(setup, trial)
    const [one, other] = [await trial.send(message), await trial.send(message)]
    answers.set(answerText(one, other), name)
  }
  const seen = [...answers].map(([answer, name]) => `to ${name}: ${answer}`)
  expectThat(seen.length === 1, 'one answer to all', seen.join(', and '))
}

/** What two answers to the same message have in common: not the hour, nor the number of a request. */
function answerText(one: Reply, other: Reply): string {
  const kept = Object.entries(one.headers).filter(([name, text]) => text === other.headers[name] && name !== 'date')
  return `${one.status} ${JSON.stringify(kept.sort())}`
}
