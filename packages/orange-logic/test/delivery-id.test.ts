import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { createVerifier, orangeLogic } from '../src/index.js'

const SECRET = 'anOrangeLogicSecret'
const NOW = 1_700_000_000_000
const verifier = createVerifier(orangeLogic({ signedContent: 'standard-webhooks' }), { keys: SECRET, now: () => NOW })

function delivery(id: string, timestamp: string, body: string, content = `${id}.${timestamp}.${body}`) {
  const mac = createHmac('sha256', SECRET).update(content).digest('base64')
  return { headers: { 'webhook-id': id, 'webhook-timestamp': timestamp, 'x-ol-signature': `v1,${mac}` }, body }
}

test('an id is what was signed, and cannot be cut elsewhere', async () => {
  expect(await verifier.verify(delivery('evt_1', '1700000000', '{}'))).toMatchObject({ ok: true, deliveryId: 'evt_1' })
  const genuine = delivery('evt.1700000000', '1700000000', '{}')
  const cut = delivery('evt', '1700000000', '1700000000.{}', 'evt.1700000000.1700000000.{}')
  expect(cut.headers['x-ol-signature']).toBe(genuine.headers['x-ol-signature'])
  expect(await verifier.verify(genuine)).toMatchObject({ ok: false, reason: 'malformed-signature' })
})

test.each([[''], ['x'.repeat(8193)]])('an id of nothing or of too much is none', async (id) => {
  expect(await verifier.verify(delivery(id, '1700000000', '{}'))).toMatchObject({ reason: 'missing-signature' })
})
