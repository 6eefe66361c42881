import { z } from 'zod'

// The vendor lists the fields and says nothing about which of them may be left out or empty. Each may be missing or
// null: a refused event is answered 400, and that would cost a delivery that only lacks a field.
const text = /* @__PURE__ */ z.nullish(/* @__PURE__ */ z.string())
const seconds = /* @__PURE__ */ z.nullish(/* @__PURE__ */ z.number())

// An identifier is compared, never calculated with, and its JSON type is not stated: both usual ones pass.
const identifier = /* @__PURE__ */ z.nullish(
  /* @__PURE__ */ z.union([/* @__PURE__ */ z.string(), /* @__PURE__ */ z.number()]),
)

// Nothing says what it holds, so nothing is checked.
const unspecified = /* @__PURE__ */ z.optional(/* @__PURE__ */ z.unknown())

/**
 * An email event of Insider, with the fields that the vendor's page on webhooks for email events lists. Fields beyond
 * the list pass through as `unknown`.
 *
 * The values of `event` and `event_type` are left open. Hence there is no strict schema: without a list of names there
 * is no unknown one to refuse.
 */
export const insiderEvents = /* @__PURE__ */ z.looseObject({
  /** The recipient's address. */
  email: text,
  event: text,
  event_type: text,
  /** Why it happened, where there is a reason to give. */
  reason: text,
  campaign_id: identifier,
  campaign_name: text,
  /** When it happened, in seconds of Unix time. */
  timestamp: seconds,
  iid: identifier,
  variation_id: identifier,
  /** The subject line of the message. */
  subject: text,
  'msg-id': identifier,
  link_clicked: text,
  journey_name: text,
  sender_domain: text,
  personalization_name: text,
  ins_unsub_id: identifier,
  unsub_group_name: text,
  ip: text,
  user_agent: text,
  url_offset: unspecified,
})

export type InsiderEvent = z.infer<typeof insiderEvents>
