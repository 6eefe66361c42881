import { createHmac } from 'node:crypto'
import { expect, it } from 'vitest'
import { SECRET } from '../src/mac.js'
import { references } from '../src/references.js'

const body = Buffer.from('{"id":"evt_1"}')
const call = async (id: string) =>
  references(body)
    .find((one) => one.id === id)
    ?.call()

it('measures by the MAC of the body', async () => {
  expect(await call('createHmac-sha256')).toEqual(createHmac('sha256', SECRET).update(body).digest())
})
