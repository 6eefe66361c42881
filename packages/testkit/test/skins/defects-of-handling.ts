import type { Defective } from './defective.js'
import { once } from './tiny-receiver.js'

export const OF_HANDLING: readonly Defective[] = [
  {
    defect: 'handles a duplicate that comes meanwhile',
    steps: {
      once: async (options, key, run) => {
        const answer = await once({ ...options, duplicateInFlight: 'conflict' }, key, run)
        if (answer.status === 409) await run()
        return answer.status === 409 ? { status: 200 } : answer
      },
    },
    caught: /^in flight: 'wait': of twenty at the same time/,
  },
  {
    defect: 'does not wait for who handles it',
    steps: { once: (options, key, run) => once({ ...options, duplicateInFlight: 'conflict' }, key, run) },
    caught: /^in flight: 'wait': the duplicate waits/,
  },
  {
    defect: 'knows a delivery by its signature',
    steps: { key: (_verdict, _tenant, { headers }) => JSON.stringify(Object.values(headers)) },
    caught: /^retry: the same signed id/,
  },
  {
    defect: 'knows a delivery by its body although it has an id',
    steps: { key: ({ body }) => Buffer.from(body).toString('base64') },
    caught: /^retry: the same body under another signed id/,
  },
  {
    defect: 'forgets whose a delivery is',
    steps: { key: ({ body, deliveryId }) => deliveryId ?? Buffer.from(body).toString('base64') },
    caught: /^retry: the same delivery for another tenant/,
  },
  {
    defect: 'answers before the handler has ended',
    steps: {
      once: (options, key, run) =>
        once(options, key, async () => {
          run().catch(options.onError)
        }),
    },
    caught: /^failed: the handler throws an Error/,
  },
  {
    defect: 'handles what it could not claim',
    steps: { once: (options, key, run) => once({ ...options, whenStoreDown: 'handle' }, key, run) },
    caught: /^store: down: 503/,
  },
  {
    defect: 'answers 200 for what it could not record',
    steps: {
      once: async (options, key, run) => {
        const answer = await once(options, key, run)
        return { ...answer, status: answer.status === 503 ? 200 : answer.status }
      },
    },
    caught: /^store: the claim was lost/,
  },
]
