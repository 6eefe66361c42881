import { z } from 'zod'

/**
 * A webhook event of Orange Logic.
 *
 * The vendor's documentation says that every event has a unique id and that a failed one is sent again up to five
 * times. It publishes neither where that id stands nor any other field or event name. Hence any JSON object passes and
 * every field is `unknown`. For the same reason there is no strict schema: it would need a list of names.
 */
export const orangeLogicEvents = /* @__PURE__ */ z.looseObject({})

/** An event as `orangeLogicEvents` lets it through: every field is `unknown`. */
export type OrangeLogicEvent = z.infer<typeof orangeLogicEvents>
