import { describe, expect, expectTypeOf, it } from 'vitest'
import {
  type AutifyEvent,
  type AutifyKnownEvent,
  type AutifyTestCaseResult,
  type AutifyTestPlanResult,
  type AutifyUnlistedEvent,
  autifyEvents,
  autifyKnownEvents,
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

// The documented fields; the values are made up.
const result = {
  action: 'an action',
  id: 11,
  started_at: '2024-01-01T00:00:00.000Z',
  finished_at: '2024-01-01T00:01:00.000Z',
  status: 'a status',
  url: 'https://example.com/results/11',
}

const capability = {
  os: 'Linux',
  os_version: null,
  browser: 'Chrome',
  browser_version: '120.0',
  device: null,
  resolution: '1280x1024',
}

const caseResult = {
  ...result,
  scenario_id: 12,
  scenario_name: 'Sign in',
  review_needed: false,
  test_plan_id: 13,
  capability,
}

const planResult = { ...result, scenarios: [caseResult] }

const known = [
  ['a test plan result', planResult],
  ['a test plan result without scenarios in its list', { ...planResult, scenarios: [] }],
  ['a test plan result with nothing else', { scenarios: [{}] }],
  ['a test plan result with a scenario id of its own', { ...planResult, scenario_id: 12 }],
  ['a test case result', caseResult],
  ['a test case result with nothing else', { scenario_id: '12' }],
  ['a test case result with null for scenarios', { ...caseResult, scenarios: null }],
  [
    'a test case result with null in the fields that are not its mark',
    { ...caseResult, status: null, capability: null },
  ],
  ['identifiers as text', { ...caseResult, id: '11', scenario_id: '12', test_plan_id: '13' }],
  ['fields beyond the list', { ...planResult, a: 1, scenarios: [{ b: 2, capability: { c: 3 } }] }],
  ['fields beyond the list in a test case result', { ...caseResult, a: 1, capability: { c: 3 } }],
] as const

const malformed = [
  ['an object as scenarios', { ...planResult, scenarios: {} }, 'scenarios'],
  ['text as scenarios, beside a good scenario id', { ...caseResult, scenarios: 'text' }, 'scenarios'],
  ['text as a scenario', { ...planResult, scenarios: ['text'] }, 'scenarios.0'],
  ['an object as id of a plan result', { ...planResult, id: {} }, 'id'],
  [
    'a number as the status of a scenario',
    { scenarios: [caseResult, { ...caseResult, status: 1 }] },
    'scenarios.1.status',
  ],
  ['a number as status', { ...caseResult, status: 1 }, 'status'],
  ['an object as scenario id', { ...caseResult, scenario_id: {} }, 'scenario_id'],
  ['text as review flag', { ...caseResult, review_needed: 'no' }, 'review_needed'],
  ['text as capability', { ...caseResult, capability: 'Linux' }, 'capability'],
  [
    'a number as browser version',
    { ...caseResult, capability: { browser_version: 120 } },
    'capability.browser_version',
  ],
  ['a list of events', [planResult], ''],
  ['null', null, ''],
] as const

const unlisted = [
  ['no field', {}],
  ['the fields that both results have', result],
  ['the marks of both results as null', { scenarios: null, scenario_id: null }],
  ['a payload of another form', { action: { a: 1 }, status: 2 }],
] as const

describe.each([
  ['autifyEvents', autifyEvents],
  ['autifyKnownEvents', autifyKnownEvents],
] as const)('%s', (_, schema) => {
  it.each(known)('passes %s unchanged', (_, event) => {
    expect(validate(schema, event)).toEqual({ value: event })
  })

  it.each(malformed)('refuses %s and names the field', (_, event, field) => {
    expect(refusedFields(schema, event)).toEqual([field])
  })
})

describe('a payload that is neither result', () => {
  it.each(unlisted)('passes the lenient schema unchanged: %s', (_, event) => {
    expect(validate(autifyEvents, event)).toEqual({ value: event })
  })

  it.each(unlisted)('is refused by the strict schema: %s', (_, event) => {
    expect(refusedFields(autifyKnownEvents, event)).toContain('scenario_id')
  })
})

describe('types', () => {
  it('narrows by the scenarios to a test plan result', () => {
    const event = eventOf(autifyEvents, planResult)
    expectTypeOf(event).toEqualTypeOf<AutifyEvent>()
    if (!event.scenarios) throw new Error('not narrowed')
    expectTypeOf(event).toEqualTypeOf<AutifyTestPlanResult>()
    expectTypeOf(event.status).toEqualTypeOf<string | null | undefined>()
    expectTypeOf(event.added_later).toEqualTypeOf<unknown>()
    const [scenario] = event.scenarios
    expectTypeOf(scenario?.capability?.os_version).toEqualTypeOf<string | null | undefined>()
    expect(scenario?.scenario_name).toBe('Sign in')
  })

  it('narrows by the scenario id to a test case result', () => {
    const event = eventOf(autifyEvents, caseResult)
    if (event.scenarios) throw new Error('not narrowed')
    expectTypeOf(event).toEqualTypeOf<AutifyTestCaseResult | AutifyUnlistedEvent>()
    if (event.scenario_id == null) throw new Error('not narrowed')
    expectTypeOf(event).toEqualTypeOf<AutifyTestCaseResult>()
    expectTypeOf(event.scenario_id).toEqualTypeOf<string | number>()
    expect(event.capability?.browser).toBe('Chrome')
  })

  it('leaves the fields of another payload unknown', () => {
    expectTypeOf<AutifyUnlistedEvent['status']>().toEqualTypeOf<unknown>()
  })

  it('knows the two results only through the strict schema', () => {
    const event = eventOf(autifyKnownEvents, caseResult)
    expectTypeOf(event).toEqualTypeOf<AutifyKnownEvent>()
    if (event.scenarios) throw new Error('not narrowed')
    expectTypeOf(event).toEqualTypeOf<AutifyTestCaseResult>()
  })
})
