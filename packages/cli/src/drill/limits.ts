/** Fewer would leave no room for more than what each drill must show. */
export const LEAST_DELIVERIES = 100
