import { appendFileSync, readFileSync } from 'node:fs'

/**
 * What happened to an event, in the order in which it happened: its handler began and ended, its completion was recorded, the
 * vendor got a 200.
 */
export type Effect = 'begin' | 'end' | 'done' | 'answered'

/** Written at once and as a whole, by several processes into one file: what was written outlives who wrote it. */
export function noteEffect(path: string, effect: Effect, event: string): void {
  appendFileSync(path, `${effect} ${event}\n`)
}

export interface EffectsSeen {
  /** Events of which a handler ended. */
  readonly handled: ReadonlySet<string>
  readonly answered: ReadonlySet<string>
  readonly begun: ReadonlySet<string>
  /** Begun once more after their completion was recorded, or answered: that must never be. */
  readonly afterCompletion: readonly string[]
  /** Begun once more before that: a process was killed, or lost its lease. It is what a lease is for. */
  readonly again: number
}

export function readEffects(path: string): EffectsSeen {
  const [handled, answered, begun, completed] = [new Set<string>(), new Set<string>(), new Set<string>(), new Set()]
  const afterCompletion: string[] = []
  let again = 0
  for (const line of readFileSync(path, 'utf8').trimEnd().split('\n')) {
    const [effect, event = ''] = line.split(' ')
    if (effect === 'begin') {
      if (completed.has(event)) afterCompletion.push(event)
      else if (begun.has(event)) again += 1
      begun.add(event)
    }
    if (effect === 'end') handled.add(event)
    if (effect === 'done' || effect === 'answered') completed.add(event)
    if (effect === 'answered') answered.add(event)
  }
  return { handled, answered, begun, afterCompletion, again }
}
