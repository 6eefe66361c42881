import { nextRotation } from '@countersign/core'
import type { Situation, Step } from './checklist-step.js'
import { keysCommandText } from './printed-command.js'
import { type Retirement, retirementOf } from './retirement.js'
import { monitorStep, retireStep, testStep, updateStep } from './turn-steps.js'
import { turnUnderWay } from './turn-under-way.js'
import { vendorWords } from './vendor-words.js'
import { when } from './when.js'

export interface Checklist {
  /** The new key's id, and those of the keys that it replaces; undefined where no rotation is under way. */
  readonly fresh: string | undefined
  readonly old: readonly string[]
  readonly retire: Retirement['verdict'] | undefined
  readonly steps: readonly Step[]
}

/** What is to be done for the rotation that is under way, by the vendor's own rules; or how to begin one. */
export function checklistOf(situation: Situation): Checklist {
  const { ring, provider, uses, now } = situation
  const turn = turnUnderWay(ring, uses, now)
  if (turn === undefined) return { fresh: undefined, old: [], retire: undefined, steps: [beginStep(situation)] }
  const retirement = retirementOf(turn, uses, provider, now)
  return {
    fresh: turn.fresh.id,
    old: turn.old.map(({ id }) => id),
    retire: retirement.verdict,
    steps: [
      updateStep(turn, situation),
      testStep(turn, situation),
      monitorStep(turn, retirement, situation),
      retireStep(turn, retirement, situation),
    ],
  }
}

function beginStep({ name, ring, provider, now, given }: Situation): Step {
  const { slot, at } = nextRotation(ring, provider, now)
  const isEmpty = !ring.describe(now).some((key) => key.state === 'active')
  const due = isEmpty ? ['No key of the ring is active.'] : at > now ? [`Due ${when(at, now)}.`] : []
  const secret = ['--secret-file', 'new-secret.txt']
  const words = {
    slots: ['rotate', name, '--slot', slot ?? '', ...secret],
    expiring: ['rotate', name, '--grace', '24h', ...secret],
    overlap: ['stage', name, '--generate'],
    swap: ['stage', name, '--generate'],
  }[provider.rotation.kind]
  const says = [...due, vendorWords(provider).begin]
  return {
    name: 'begin',
    state: at > now && !isEmpty ? 'later' : 'now',
    says,
    commands: [keysCommandText(words, given.provider, given.store)],
  }
}
