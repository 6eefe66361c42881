import { useMemo, useState } from 'preact/hooks'
import { SAMPLE_EVENTS } from '../generate/sample-events.js'
import { initialChoice, type ProviderChoice, providerOf } from '../provider/providers.js'
import { type Action, newLife } from './life.js'
import { rangeOf, START } from './life-range.js'
import { type Scenario, SPAN_MS } from './scenarios.js'
import { perform, play, type Told } from './told.js'

const NOTHING: Told = { text: '' }

/** The state of the rotation tab, and what changes it. */
export function useRotation() {
  const [choice, setChoice] = useState(() => initialChoice('agilepoint'))
  const provider = useMemo(() => providerOf(choice), [choice])
  const [life, setLife] = useState(() => newLife(provider, START))
  const [moment, setMoment] = useState(START)
  const [learnsAfterMs, setLearnsAfterMs] = useState(0)
  const [told, setTold] = useState(NOTHING)
  const [scenario, setScenario] = useState<Scenario>()
  const body = SAMPLE_EVENTS[choice.id]?.[0]?.body ?? ''
  const sides = useMemo(() => ({ provider, life, learnsAfterMs, body }), [provider, life, learnsAfterMs, body])
  const range = useMemo(() => rangeOf(life, SPAN_MS[provider.rotation.kind]), [life, provider])
  return {
    ...{ choice, sides, range, moment, told, scenario, setMoment },
    setLearnsAfterMs(ms: number) {
      setLearnsAfterMs(ms)
      setScenario(undefined)
    },
    begin(chosen: ProviderChoice) {
      setChoice(chosen)
      setLife(newLife(providerOf(chosen), START))
      setMoment(START)
      setTold(NOTHING)
      setScenario(undefined)
    },
    perform(action: Action) {
      const played = perform(life, provider, action, moment)
      setLife(played.life)
      setTold(played.told)
      if (played.life !== life) setScenario(undefined)
    },
    play(wanted: Scenario) {
      const played = play(provider, wanted)
      setLife(played.life)
      setTold(played.told)
      setMoment(START + (wanted.steps.at(-1)?.atMs ?? 0))
      setLearnsAfterMs(wanted.learnsAfterMs ?? 0)
      setScenario(wanted)
    },
  }
}
