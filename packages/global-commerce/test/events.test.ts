import { describe, expect, expectTypeOf, it } from 'vitest'
import {
  type GlobalCommerceEvent,
  type GlobalCommerceEventType,
  type GlobalCommerceKnownEvent,
  type GlobalCommerceUnlistedEvent,
  globalCommerceEvents,
  globalCommerceKnownEvents,
} from '../src/events.js'

/** What the core asks of a schema: the inference of `verdict.event` is tested without the core. */
interface StandardSchema<Output> {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: string
    readonly validate: (value: unknown) => unknown
    readonly types?: { readonly input: unknown; readonly output: Output } | undefined
  }
}

interface Answer<Event> {
  readonly value?: Event
  readonly issues?: readonly { readonly message: string; readonly path?: readonly PropertyKey[] }[]
}

function validate<Event>(schema: StandardSchema<Event>, event: unknown): Answer<Event> {
  return schema['~standard'].validate(event) as Answer<Event>
}

function eventOf<Event>(schema: StandardSchema<Event>, event: unknown): Event {
  const { value } = validate(schema, event)
  if (value === undefined) throw new Error('refused')
  return value
}

/** The fields that the schema complains about, each as a dotted path. */
function refusedFields(schema: StandardSchema<unknown>, event: unknown): string[] | undefined {
  return validate(schema, event).issues?.map((issue) => (issue.path ?? []).join('.'))
}

// The documented envelope; the values are made up.
const documented = {
  id: 'b5f7a0c2',
  type: 'subscription.created',
  data: { object: { id: '1', items: [{ id: '2' }] } },
  liveMode: false,
  createdTime: '2024-01-01T00:00:00.000Z',
}

const published = [
  'subscription.created',
  'subscription.updated',
  'subscription.cancelled',
  'subscription.renewed',
  'subscription.renewal_reminder',
  'subscription.trial_converted',
  'subscription.trial_renewal_reminder',
  'subscription.credit_card_expired',
  'subscription.payment_failed',
  'subscription.payment_info_changed',
  'subscription.action.processed',
  'order.invoice.created',
  'delayed_payment.reminder',
  'delayed_payment.expired',
] as const

const schemas = [
  ['globalCommerceEvents', globalCommerceEvents],
  ['globalCommerceKnownEvents', globalCommerceKnownEvents],
] as const

const unlisted = [
  ['a name', { ...documented, type: 'order.not_listed' }],
  ['a name and a payload of another form', { type: 'order.not_listed', id: {}, data: 'text', liveMode: 'no' }],
  ['a prefix of a listed name', { ...documented, type: 'subscription' }],
  ['a listed name in capitals', { ...documented, type: 'SUBSCRIPTION.CREATED' }],
  ['the name of an inherited property', { ...documented, type: 'constructor' }],
  ['no name but an empty text', { ...documented, type: '' }],
] as const

describe.each(schemas)('%s', (_, schema) => {
  it.each(published)('passes %s unchanged', (type) => {
    expect(validate(schema, { ...documented, type })).toEqual({ value: { ...documented, type } })
  })

  it.each([
    ['the type alone', { type: 'subscription.created' }],
    [
      'null in every other field',
      { type: 'order.invoice.created', id: null, data: null, liveMode: null, createdTime: null },
    ],
    ['no object in the data', { ...documented, data: {} }],
    ['an id and a time as numbers', { ...documented, id: 7, createdTime: 1_700_000_000 }],
    ['fields beyond the envelope', { ...documented, a: 1, data: { b: 2, object: { c: 3 } } }],
  ])('passes %s unchanged', (_, event) => {
    expect(validate(schema, event)).toEqual({ value: event })
  })

  it.each([
    ['an object as id', { ...documented, id: {} }, 'id'],
    ['text as data', { ...documented, data: 'text' }, 'data'],
    ['a list as data', { ...documented, data: [] }, 'data'],
    ['text as the object', { ...documented, data: { object: 'text' } }, 'data.object'],
    ['text as live mode', { ...documented, liveMode: 'false' }, 'liveMode'],
    ['an object as time', { ...documented, createdTime: {} }, 'createdTime'],
    ['a number as type', { ...documented, type: 1 }, 'type'],
    ['no type', { id: 'b5f7a0c2' }, 'type'],
    ['a list of events', [documented], ''],
    ['null', null, ''],
  ])('refuses %s and names the field', (_, event, field) => {
    expect(refusedFields(schema, event)).toEqual([field])
  })

  it.each(published)('refuses a malformed %s', (type) => {
    expect(refusedFields(schema, { ...documented, type, data: 'text' })).toEqual(['data'])
  })
})

describe('a type that is not published', () => {
  it.each(unlisted)('passes the lenient schema unchanged: %s', (_, event) => {
    expect(validate(globalCommerceEvents, event)).toEqual({ value: event })
  })

  it.each(unlisted)('is refused by the strict schema: %s', (_, event) => {
    expect(refusedFields(globalCommerceKnownEvents, event)).toContain('type')
  })
})

describe('types', () => {
  it('lists the published names', () => {
    expectTypeOf<GlobalCommerceEventType>().toEqualTypeOf<(typeof published)[number]>()
    expectTypeOf<GlobalCommerceKnownEvent['type']>().toEqualTypeOf<GlobalCommerceEventType>()
  })

  it('narrows by the type of the event', () => {
    const event = eventOf(globalCommerceEvents, documented)
    expectTypeOf(event).toEqualTypeOf<GlobalCommerceEvent>()
    expectTypeOf(event.data).toEqualTypeOf<unknown>()
    if (event.type !== 'subscription.created') throw new Error('not narrowed')
    expectTypeOf(event).toEqualTypeOf<GlobalCommerceKnownEvent>()
    expectTypeOf(event.id).toEqualTypeOf<string | number | null | undefined>()
    expectTypeOf(event.liveMode).toEqualTypeOf<boolean | null | undefined>()
    expectTypeOf(event.data?.object).toEqualTypeOf<{ [field: string]: unknown } | null | undefined>()
    expect(event.data?.object?.id).toBe('1')
  })

  it('leaves an unlisted event to the default branch, its type readable as a string', () => {
    const event = eventOf(globalCommerceEvents, { type: 'order.not_listed', data: 'text' })
    switch (event.type) {
      case 'subscription.created':
      case 'order.invoice.created':
        expectTypeOf(event).toEqualTypeOf<GlobalCommerceKnownEvent>()
        throw new Error('not narrowed')
      default:
    }
    expectTypeOf<GlobalCommerceUnlistedEvent['type']>().toExtend<string>()
    expectTypeOf<GlobalCommerceUnlistedEvent['data']>().toEqualTypeOf<unknown>()
    const type: string = event.type
    expect(type).toBe('order.not_listed')
  })

  it('knows published types only through the strict schema', () => {
    expectTypeOf(eventOf(globalCommerceKnownEvents, documented)).toEqualTypeOf<GlobalCommerceKnownEvent>()
  })
})
