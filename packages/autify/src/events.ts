import { z } from 'zod'

// The documentation lists the fields without saying which may be left out. Apart from the two that decide what a payload
// is, each may be missing or null: a refused event is answered 400, which would cost a delivery.
const text = /* @__PURE__ */ z.nullish(/* @__PURE__ */ z.string())
const flag = /* @__PURE__ */ z.nullish(/* @__PURE__ */ z.boolean())

// An identifier is compared, never calculated with, and its JSON type is not stated: both usual ones pass.
const presentIdentifier = /* @__PURE__ */ z.union([/* @__PURE__ */ z.string(), /* @__PURE__ */ z.number()])
const identifier = /* @__PURE__ */ z.nullish(presentIdentifier)

const absent = /* @__PURE__ */ z.optional(/* @__PURE__ */ z.null())

// Neither the values of `action` nor those of `status` are published as a list: both are any text. The times are kept
// as sent.
const result = /* @__PURE__ */ z.looseObject({
  action: text,
  id: identifier,
  started_at: text,
  finished_at: text,
  status: text,
  url: text,
})

const testCase = /* @__PURE__ */ result.extend({
  scenario_id: identifier,
  scenario_name: text,
  review_needed: flag,
  test_plan_id: identifier,
  capability: /* @__PURE__ */ z.nullish(
    /* @__PURE__ */ z.looseObject({
      os: text,
      os_version: text,
      browser: text,
      browser_version: text,
      device: text,
      resolution: text,
    }),
  ),
})

const testPlanResult = /* @__PURE__ */ result.extend({ scenarios: /* @__PURE__ */ z.array(testCase) })

const testCaseResult = /* @__PURE__ */ testCase.extend({ scenario_id: presentIdentifier, scenarios: absent })

const unlistedEvent = /* @__PURE__ */ z.looseObject({ scenarios: absent, scenario_id: absent })

/**
 * The result of a test plan, sent when the plan has ended. `scenarios` holds one result per test case that ran, and its
 * presence is what tells this event from the others. `started_at` and `finished_at` are the vendor's text, `capability`
 * is the machine and browser that the test ran on. Fields beyond the documented ones pass through as `unknown`.
 */
export type AutifyTestPlanResult = z.infer<typeof testPlanResult>

/** The result of one test case, sent when the case has ended: `scenario_id` is there and `scenarios` is not. */
export type AutifyTestCaseResult = z.infer<typeof testCaseResult>

/** A payload that is neither of the two. Its fields are `unknown`. */
export type AutifyUnlistedEvent = z.infer<typeof unlistedEvent>

/** One of the two published results. */
export type AutifyKnownEvent = AutifyTestPlanResult | AutifyTestCaseResult

/**
 * `if (event.scenarios)` leaves the test plan result. Past that, `if (event.scenario_id != null)` leaves the test case
 * result.
 */
export type AutifyEvent = AutifyKnownEvent | AutifyUnlistedEvent

type Fields = { [field: string]: unknown }

// The payload is looked at first and then read as the one thing it can be. A union would try them all, answer a malformed
// event with "invalid input" and keep the field's name to itself.
function readAs<Event>(schema: z.ZodType<Event>, event: Fields, context: z.core.ParsePayload): Event {
  const parsed = schema.safeParse(event)
  if (parsed.success) return parsed.data
  for (const { message, path } of parsed.error.issues)
    context.issues.push({ code: 'custom', message, path, input: event })
  return z.NEVER
}

const isPresent = (field: unknown): boolean => field !== undefined && field !== null

function readKnown(event: Fields, context: z.core.ParsePayload): AutifyKnownEvent {
  if (isPresent(event.scenarios)) return readAs(testPlanResult, event, context)
  return readAs(testCaseResult, event, context)
}

function readAny(event: Fields, context: z.core.ParsePayload): AutifyEvent {
  if (isPresent(event.scenarios) || isPresent(event.scenario_id)) return readKnown(event, context)
  return readAs(unlistedEvent, event, context)
}

/** Refuses whatever is neither a test plan result nor a test case result. */
export const autifyKnownEvents: z.ZodType<AutifyKnownEvent> = /* @__PURE__ */ z.pipe(
  /* @__PURE__ */ z.looseObject({}),
  /* @__PURE__ */ z.transform(readKnown),
)

/**
 * Accepts other payloads as well. One that has `scenarios` must be a well-formed test plan result, and one that has a
 * `scenario_id` a well-formed test case result.
 */
export const autifyEvents: z.ZodType<AutifyEvent> = /* @__PURE__ */ z.pipe(
  /* @__PURE__ */ z.looseObject({}),
  /* @__PURE__ */ z.transform(readAny),
)
