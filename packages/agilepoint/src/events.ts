import { z } from 'zod'

/**
 * A webhook notification of AgilePoint NX.
 *
 * The vendor's documentation names two families: workflow events (a process instance started, suspended, resumed,
 * cancelled, completed and so on) and access-control events (groups, roles, delegations). One webhook carries one
 * family, never both, so the endpoint tells them apart. Give each family its own.
 *
 * Neither the names of the events as sent nor the fields of their payloads are published. Hence any JSON object passes
 * and every field is `unknown`. For the same reason there is no strict schema: it would need a list of names.
 */
export const agilePointEvents = /* @__PURE__ */ z.looseObject({})

/** An event as `agilePointEvents` lets it through: every field is `unknown`. */
export type AgilePointEvent = z.infer<typeof agilePointEvents>
