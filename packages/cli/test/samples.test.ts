import { agilePointEvents } from '@countersign/agilepoint/events'
import { autifyKnownEvents } from '@countersign/autify/events'
import { globalCommerceKnownEvents } from '@countersign/global-commerce/events'
import { insiderEvents } from '@countersign/insider/events'
import { orangeLogicEvents } from '@countersign/orange-logic/events'
import { expect, it } from 'vitest'
import { PROVIDERS } from '../src/providers.js'
import { SAMPLES, sampleBody } from '../src/samples/sample-event.js'

it.each([
  ['agilepoint', agilePointEvents],
  ['orange-logic', orangeLogicEvents],
  ['insider', insiderEvents],
  ['global-commerce', globalCommerceKnownEvents],
  ['autify', autifyKnownEvents],
])('the sample of %s is an event of it', (provider, schema) => {
  const event = JSON.parse(new TextDecoder().decode(sampleBody(provider)))
  expect(schema.parse(event)).toEqual(event)
})

it('there is one of each provider', () => {
  expect(Object.keys(SAMPLES)).toEqual(PROVIDERS.map(({ id }) => id))
})
