export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** How long a delivery may be under way, and how far a signed stamp may be off. */
export const TOLERANCE = 300 * SECOND
