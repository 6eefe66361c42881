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
  /** What happened. The vendor publishes no list of values. */
  event: text,
  /** Of which type that is. The vendor publishes no list of values. */
  event_type: text,
  /** Why it happened, where there is a reason to give. */
  reason: text,
  /** The vendor lists it and says no more: text or a number. */
  campaign_id: identifier,
  /** The vendor lists it and says no more: text. */
  campaign_name: text,
  /** When it happened, in seconds of Unix time. */
  timestamp: seconds,
  /** The vendor lists it and says no more: text or a number. */
  iid: identifier,
  /** The vendor lists it and says no more: text or a number. */
  variation_id: identifier,
  /** The subject line of the message. */
  subject: text,
  /** The vendor lists it and says no more: text or a number. */
  'msg-id': identifier,
  /** The vendor lists it and says no more: text. */
  link_clicked: text,
  /** The vendor lists it and says no more: text. */
  journey_name: text,
  /** The vendor lists it and says no more: text. */
  sender_domain: text,
  /** The vendor lists it and says no more: text. */
  personalization_name: text,
  /** The vendor lists it and says no more: text or a number. */
  ins_unsub_id: identifier,
  /** The vendor lists it and says no more: text. */
  unsub_group_name: text,
  /** The vendor lists it and says no more: text. */
  ip: text,
  /** The vendor lists it and says no more: text. */
  user_agent: text,
  /** The vendor lists it and says no more: unchecked, since not even its type can be guessed. */
  url_offset: unspecified,
})

/** An event as `insiderEvents` lets it through. */
export type InsiderEvent = z.infer<typeof insiderEvents>
