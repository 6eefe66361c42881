import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { createVerifier, orangeLogic } from '../src/index.js'

const SECRET = 'correcthorsebatterystaple'
const body = '{"id":"evt_1"}'
const MAC = createHmac('sha256', SECRET).update(body).digest('base64')
const verifier = createVerifier(orangeLogic(), { keys: SECRET })

// Blanks and commas, in any number and at the edges, too: how the vendor puts two signatures into one header is not published.
test.each([
  `v1,${MAC}`,
  `v1 ${MAC}`,
  `v1, \t${MAC}`,
  ` v1,${MAC}`,
  `,v1,${MAC}`,
  `v1,${MAC} `,
  `v1,${MAC},`,
  `\t, v1,,${MAC}, `,
])('%j is one signature', async (header) => {
  expect(await verifier.verify({ headers: { 'x-ol-signature': header }, body })).toMatchObject({ ok: true })
})

test.each(['', ' ', ',', ', ,', 'v1', ' v1,', `,${MAC}`, `v1,${MAC},v1`])('%j is none', async (header) => {
  const verdict = await verifier.verify({ headers: { 'x-ol-signature': header }, body })
  expect(verdict).toMatchObject({ reason: 'malformed-signature' })
})
