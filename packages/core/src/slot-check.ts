import type { Key } from './key.js'
import { match } from './match.js'
import type { Plan } from './plan.js'
import type { Prepared } from './prepare.js'

/**
 * Whether the keys of another slot are stale: a delivery has to carry what one of each slot's keys makes. One slot suffices
 * to accept it, so that would go unnoticed until the day that the slot which was needed is rotated (AgilePoint).
 */
export async function isSlotStale(
  plan: Plan,
  prepared: Prepared,
  usable: readonly Key[],
  matched: Key,
): Promise<boolean> {
  for (const { slot } of usable) {
    const keys = usable.filter((key) => key.slot === slot)
    if (slot !== matched.slot && !(await match(plan, prepared, keys))) return true
  }
  return false
}
