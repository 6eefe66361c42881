import { useEffect, useState } from 'preact/hooks'
import { Choice } from '../form/choice.js'
import { ProviderFields } from '../provider/provider-fields.js'
import { ActionFields } from './action-fields.js'
import { type Sides, type Traffic, traffic } from './delivered.js'
import { LifePicture } from './life-picture.js'
import { MomentView } from './moment-view.js'
import { LEARNS_AFTER, SCENARIOS, type Scenario } from './scenarios.js'
import { keyLives } from './stretches.js'
import type { Range } from './time-scale.js'
import type { Told } from './told.js'
import { useRotation } from './use-rotation.js'

/** A keyring's life as a picture, by the vendor's own rules, and what is true at one moment of it. */
export function RotationTab() {
  const { choice, sides, range, moment, told, scenario, ...change } = useRotation()
  const { provider, life } = sides
  return (
    <div class="rotation">
      <h2>Rotate without losing a delivery</h2>
      <div class="fields">
        <ProviderFields choice={choice} onChoice={change.begin} wants={({ name }) => name === 'activates'} />
        <Choice
          label="The receiver learns of a change"
          value={String(sides.learnsAfterMs)}
          items={LEARNS_AFTER.map(({ ms, title }) => ({ value: String(ms), title }))}
          onValue={(value) => change.setLearnsAfterMs(Number(value))}
        />
      </div>
      <ScenarioButtons
        scenarios={SCENARIOS[provider.rotation.kind]}
        played={scenario}
        onPlay={change.play}
        onBegin={() => change.begin(choice)}
      />
      <ToldView told={told} />
      <LifePicture
        lives={keyLives(life, range.from, range.until)}
        actedAt={life.slice(1).map(({ at }) => at)}
        traffic={useTraffic(sides, range)}
        range={range}
        moment={moment}
        onMoment={change.setMoment}
      />
      <div class="columns">
        <ActionFields provider={provider} life={life} moment={moment} onAction={change.perform} />
        <MomentView sides={sides} moment={moment} from={range.from} />
      </div>
    </div>
  )
}

function ScenarioButtons(props: {
  scenarios: readonly Scenario[]
  played: Scenario | undefined
  onPlay: (scenario: Scenario) => void
  onBegin: () => void
}) {
  return (
    <section aria-label="Scenarios">
      <h3>See it happen</h3>
      <div class="actions">
        {props.scenarios.map((scenario) => (
          <button
            key={scenario.title}
            type="button"
            aria-pressed={scenario === props.played}
            onClick={() => props.onPlay(scenario)}
          >
            {scenario.title}
          </button>
        ))}
        <button type="button" class="quiet" onClick={props.onBegin}>
          Begin again
        </button>
      </div>
    </section>
  )
}

function ToldView({ told }: { told: Told }) {
  return (
    <div role="status" class="told">
      <p>{told.text}</p>
      {told.refusal !== undefined && <p class="problem">{told.refusal}</p>}
    </div>
  )
}

/** What becomes of deliveries in a range; empty until that is known. */
function useTraffic(sides: Sides, range: Range): readonly Traffic[] {
  const [found, setFound] = useState<readonly Traffic[]>([])
  useEffect(() => {
    let isCurrent = true
    traffic(sides, range.from, range.until).then((all) => isCurrent && setFound(all))
    return () => {
      isCurrent = false
    }
  }, [sides, range])
  return found
}
