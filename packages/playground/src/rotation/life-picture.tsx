import type { KeyState } from '@countersign/core'
import { type PictureProps, Plot } from './plot.js'
import { StateMark, StatePatterns } from './state-mark.js'
import { elapsedText, stepOf } from './time-scale.js'

/** A bar for each key on one axis of time, and beneath them what becomes of deliveries. The moment is to be dragged. */
export function LifePicture(props: PictureProps) {
  const { lives, range, moment, onMoment } = props
  return (
    <figure class="life" aria-label="The life of the keyring">
      <StatePatterns />
      <div class="life-grid">
        <div class="life-labels" aria-hidden="true">
          {lives.map(({ id }) => (
            <span key={id}>{id}</span>
          ))}
          <span>deliveries</span>
        </div>
        <Plot {...props} />
      </div>
      <div class="moment">
        <label for="moment">Moment</label>
        <input
          id="moment"
          type="range"
          min={range.from}
          max={range.until}
          step={stepOf(range)}
          value={moment}
          aria-valuetext={`${elapsedText(moment - range.from)} after the beginning`}
          onInput={(event) => onMoment(Number(event.currentTarget.value))}
        />
      </div>
      <figcaption>
        <Legend />
        <InWords {...props} />
      </figcaption>
    </figure>
  )
}

const STATES: readonly KeyState[] = ['staged', 'active', 'retiring', 'expired', 'revoked']

function Legend() {
  return (
    <ul class="legend" aria-label="Legend">
      {STATES.map((state) => (
        <li key={state}>
          <StateMark state={state} />
        </li>
      ))}
      <li>
        <span aria-hidden="true">▼</span> something is done
      </li>
    </ul>
  )
}

/** The picture for who does not see it. */
function InWords({ lives, traffic, range }: PictureProps) {
  const stretch = (kind: string, from: number, until: number) =>
    `${kind} from ${elapsedText(from - range.from)} to ${elapsedText(until - range.from)}`
  return (
    <details>
      <summary>The picture in words</summary>
      <ul>
        {lives.map(({ id, stretches }) => (
          <li key={id}>
            {id}: {stretches.map(({ state, from, until }) => stretch(state, from, until)).join(', ')}
          </li>
        ))}
        <li>deliveries: {traffic.map(({ state, from, until }) => stretch(state, from, until)).join(', ')}</li>
      </ul>
    </details>
  )
}
