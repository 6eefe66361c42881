import { z } from 'zod'

/**
 * The published event types. Digital River's menu also offers a refund credit memo and three inventory events, whose
 * type names its documentation does not give: they are absent here and pass the lenient schema as unlisted.
 */
const eventTypes = [
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

/** One of the event types that the vendor's documentation names. */
export type GlobalCommerceEventType = (typeof eventTypes)[number]

/**
 * The type of an event type outside the list: a string that no literal equals, so that comparing `type` with a listed
 * name leaves the listed events only. An intersection such as `string & { brand }` cannot do that, since TypeScript
 * holds every literal to be comparable with its `string` half; an enum it holds to be comparable with itself alone.
 * `declare` leaves nothing at run time, and the member's value means nothing.
 */
declare enum Unlisted {
  Type = '',
}

const isListed = (type: unknown): boolean => eventTypes.some((listed) => listed === type)

// The documentation names the members of the envelope without saying which may be left out. Apart from `type`, which
// decides what an event is, each may be missing or null: a refused event is answered 400, which would cost a delivery.
const knownEvent = /* @__PURE__ */ z.looseObject({
  type: /* @__PURE__ */ z.enum(eventTypes),
  // The JSON types of an id and a time are not stated, so text and numbers both pass.
  id: /* @__PURE__ */ z.nullish(/* @__PURE__ */ z.union([/* @__PURE__ */ z.string(), /* @__PURE__ */ z.number()])),
  createdTime: /* @__PURE__ */ z.nullish(
    /* @__PURE__ */ z.union([/* @__PURE__ */ z.string(), /* @__PURE__ */ z.number()]),
  ),
  // A flag and nothing else: the text 'false' would count as true, and a test would be handled as live.
  liveMode: /* @__PURE__ */ z.nullish(/* @__PURE__ */ z.boolean()),
  data: /* @__PURE__ */ z.nullish(
    /* @__PURE__ */ z.looseObject({ object: /* @__PURE__ */ z.nullish(/* @__PURE__ */ z.looseObject({})) }),
  ),
})

const unlistedEvent = /* @__PURE__ */ z.looseObject({
  type: /* @__PURE__ */ z.custom<Unlisted>((type) => typeof type === 'string' && !isListed(type)),
})

/**
 * An event of a published type. `data.object` is what the event is about, a subscription for instance; its fields
 * depend on the type and are `unknown`. `liveMode` tells live from test. `createdTime` is when the event was made, in
 * the form in which it was sent. Fields beyond these pass through as `unknown`.
 */
export type GlobalCommerceKnownEvent = z.infer<typeof knownEvent>

/**
 * An event of another type. Everything but `type` is `unknown`. To compare its type with a name that is not in the
 * list yet, widen it first: `const type: string = event.type`.
 */
export type GlobalCommerceUnlistedEvent = z.infer<typeof unlistedEvent>

/** An event of any type. Comparing `type` with a published name leaves that event. */
export type GlobalCommerceEvent = GlobalCommerceKnownEvent | GlobalCommerceUnlistedEvent

/** Refuses event types that are not published, which also refuses those that the vendor adds later. */
export const globalCommerceKnownEvents: z.ZodType<GlobalCommerceKnownEvent> = knownEvent

/** Accepts every event type. An event of a published type must have its documented form. */
export const globalCommerceEvents: z.ZodType<GlobalCommerceEvent> = /* @__PURE__ */ z.pipe(
  /* @__PURE__ */ z.looseObject({ type: /* @__PURE__ */ z.string() }),
  // Not a union: it would answer a malformed event with "invalid input" and keep the field's name to itself.
  /* @__PURE__ */ z.transform((event: { type: string }, context): GlobalCommerceEvent => {
    const result = isListed(event.type) ? knownEvent.safeParse(event) : unlistedEvent.safeParse(event)
    if (result.success) return result.data
    for (const { message, path } of result.error.issues)
      context.issues.push({ code: 'custom', message, path, input: event })
    return z.NEVER
  }),
)
