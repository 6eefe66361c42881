import { useState } from 'preact/hooks'
import { Choice } from '../form/choice.js'
import type { Action } from './life.js'

/** For a key that has leaked, whatever the policy. */
export function RevokeFields({ ids, onAction }: { ids: readonly string[]; onAction: (action: Action) => void }) {
  const [chosen, setChosen] = useState('')
  const id = ids.includes(chosen) ? chosen : ids[0]
  if (id === undefined) return null
  return (
    <div class="fields aligned">
      <Choice label="A key has leaked" value={id} items={ids} onValue={setChosen} />
      <button type="button" onClick={() => onAction({ kind: 'revoke', id })}>
        Revoke it
      </button>
    </div>
  )
}
