import { describe, expect, expectTypeOf, it } from 'vitest'
import { type AgilePointEvent, agilePointEvents } from '../src/events.js'

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

describe('agilePointEvents', () => {
  it.each([
    ['without fields', {}],
    ['with fields of any name and form', { a: 'text', b: 1, c: null, d: [true], e: { f: {} } }],
  ])('passes an object %s unchanged', (_, event) => {
    expect(validate(agilePointEvents, event)).toEqual({ value: event })
  })

  it.each([
    ['null', null],
    ['text', 'event'],
    ['a number', 1],
    ['a list', [{}]],
  ])('refuses %s', (_, event) => {
    expect(validate(agilePointEvents, event).issues).toHaveLength(1)
  })

  it('types every field as unknown', () => {
    const event = eventOf(agilePointEvents, { a: 1 })
    expectTypeOf(event).toEqualTypeOf<AgilePointEvent>()
    expectTypeOf(event.a).toEqualTypeOf<unknown>()
    expect(event.a).toBe(1)
  })
})
