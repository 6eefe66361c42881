import type { AnyProvider } from '@countersign/core'
import { problemText } from '../form/problem-text.js'
import { type Action, act, type Life, newLife } from './life.js'
import { START } from './life-range.js'
import type { Scenario } from './scenarios.js'
import { elapsedText } from './time-scale.js'

/** What is said about what was done last, and what the vendor's rules had against it. */
export interface Told {
  readonly text: string
  readonly refusal?: string
}

/** A life, and what there is to say about how it came to be. */
interface Played {
  readonly life: Life
  readonly told: Told
}

/** Does something at a moment. What the vendor's rules forbid changes nothing, and is told. */
export function perform(life: Life, provider: AnyProvider, action: Action, moment: number): Played {
  try {
    const done = `Done, ${elapsedText(moment - START)} after the beginning: ${actionText(action)}.`
    const isLast = life.every(({ at }) => at <= moment)
    const text = isLast ? done : `${done} What was done later would have come out differently, and is gone.`
    return { life: act(life, provider, action, moment), told: { text } }
  } catch (error) {
    return { life, told: { text: "Refused by the vendor's rules.", refusal: problemText(error) } }
  }
}

/** Plays a scenario from the beginning, as far as the vendor's rules let it. */
export function play(provider: AnyProvider, { steps, note }: Scenario): Played {
  let life = newLife(provider, START)
  try {
    for (const { atMs, action } of steps) life = act(life, provider, action, START + atMs)
  } catch (error) {
    return { life, told: { text: note, refusal: problemText(error) } }
  }
  return { life, told: { text: note } }
}

function actionText(action: Action): string {
  switch (action.kind) {
    case 'rotate':
      return action.options.slot === undefined ? 'rotated' : `rotated the ${action.options.slot} slot`
    case 'stage':
      return 'staged a new key'
    case 'promote':
      return `promoted ${action.id}`
    case 'revoke':
      return `revoked ${action.id}`
  }
}
