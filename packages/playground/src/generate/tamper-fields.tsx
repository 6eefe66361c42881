import { useState } from 'preact/hooks'
import { Choice } from '../form/choice.js'
import { knownProvider } from '../provider/known-provider.js'
import type { ProviderChoice } from '../provider/providers.js'
import { type Mistake, mistakesFor } from './mistakes.js'

/** Which mistake to make. Only those that are possible with the provider are offered. */
export function TamperFields(props: { choice: ProviderChoice; onTamper: (mistake: Mistake) => void }) {
  const [wanted, setWanted] = useState('')
  const provider = knownProvider(props.choice)
  const possible = provider === undefined ? [] : mistakesFor(provider)
  const mistake = possible.find(({ id }) => id === wanted) ?? possible[0]
  return (
    <>
      <Choice
        label="What goes wrong"
        value={mistake?.id ?? ''}
        items={possible.map(({ id, title }) => ({ value: id, title }))}
        onValue={setWanted}
      />
      <div class="actions">
        <button type="button" disabled={mistake === undefined} onClick={() => mistake && props.onTamper(mistake)}>
          Tamper, and put it into Verify
        </button>
      </div>
    </>
  )
}
