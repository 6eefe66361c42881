import { SECOND } from '../durations.js'

export { DAY, HOUR, MINUTE, SECOND } from '../durations.js'

/** How long a delivery may be under way, and how far a signed stamp may be off. */
export const TOLERANCE = 300 * SECOND
