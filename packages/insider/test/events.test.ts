import { describe, expect, expectTypeOf, it } from 'vitest'
import { type InsiderEvent, insiderEvents } from '../src/events.js'

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

// The documented fields; the values are made up.
const documented = {
  email: 'reader@example.com',
  event: 'an event',
  event_type: 'a type',
  reason: 'a reason',
  campaign_id: 17,
  campaign_name: 'Spring',
  timestamp: 1_700_000_000,
  iid: 'i-1',
  variation_id: 2,
  subject: 'Hello',
  'msg-id': 'm-1',
  link_clicked: 'https://example.com/',
  journey_name: 'Welcome',
  sender_domain: 'example.com',
  personalization_name: 'None',
  ins_unsub_id: 3,
  unsub_group_name: 'News',
  ip: '192.0.2.1',
  user_agent: 'Mail/1.0',
  url_offset: null,
}

const fields = Object.keys(documented)

describe('insiderEvents', () => {
  it.each([
    ['the documented fields', documented],
    ['no field', {}],
    ['null in every field', Object.fromEntries(fields.map((field) => [field, null]))],
    ['identifiers as text', { campaign_id: '17', variation_id: '2', ins_unsub_id: '3' }],
    ['identifiers as numbers', { iid: 1, 'msg-id': 2 }],
    ['a field beyond the list', { ...documented, added_later: { a: [1] } }],
    ['an event type never seen before', { ...documented, event: 'new', event_type: 'new' }],
    ['an offset of any form', { url_offset: { index: 0 } }],
  ])('passes %s unchanged', (_, event) => {
    expect(validate(insiderEvents, event)).toEqual({ value: event })
  })

  it.each(fields.filter((field) => field !== 'url_offset'))('refuses an object as %s', (field) => {
    expect(refusedFields(insiderEvents, { ...documented, [field]: {} })).toEqual([field])
  })

  it.each([
    ['a time as text', { timestamp: 'yesterday' }, 'timestamp'],
    ['an address as a number', { email: 5 }, 'email'],
    ['a list of events', [documented], ''],
  ])('refuses %s', (_, event, field) => {
    expect(refusedFields(insiderEvents, event)).toEqual([field])
  })

  it('types the listed fields and leaves the others unknown', () => {
    const event = eventOf(insiderEvents, { ...documented, added_later: 1 })
    expectTypeOf(event).toEqualTypeOf<InsiderEvent>()
    expectTypeOf(event.email).toEqualTypeOf<string | null | undefined>()
    expectTypeOf(event.timestamp).toEqualTypeOf<number | null | undefined>()
    expectTypeOf(event['msg-id']).toEqualTypeOf<string | number | null | undefined>()
    expectTypeOf(event.url_offset).toEqualTypeOf<unknown>()
    expectTypeOf(event.added_later).toEqualTypeOf<unknown>()
    expect(event.added_later).toBe(1)
  })
})
