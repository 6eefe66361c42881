import type { AnyProvider } from '@countersign/core'
import { useState } from 'preact/hooks'
import { Choice } from '../form/choice.js'
import { type Action, type Life, ringAt } from './life.js'
import { gracesOf, hasForce, RULES } from './policy-choices.js'
import { RevokeFields } from './revoke-fields.js'

const HOUR_MS = 3_600_000

/** What may be done at the chosen moment: a rotation with the policy's own options, and staging where that is the way. */
export function ActionFields(props: {
  provider: AnyProvider
  life: Life
  moment: number
  onAction: (action: Action) => void
}) {
  const { provider, life, moment, onAction } = props
  const policy = provider.rotation
  const slots = policy.kind === 'slots' ? policy.slots : []
  const [slot, setSlot] = useState('')
  const [grace, setGrace] = useState('')
  const [isForced, setForced] = useState(false)
  const chosenSlot = slots.includes(slot) ? slot : slots[0]
  const graces = gracesOf(policy)
  const chosenGrace = graces.some(({ value }) => value === grace) ? grace : ''
  const graceMs = chosenGrace === '' ? undefined : Number(chosenGrace) * HOUR_MS
  const described = ringAt(life, moment).describe(moment)
  const staged = described.filter(({ state }) => state === 'staged')
  return (
    <section aria-label="Actions">
      <h3>Do it at this moment</h3>
      <div class="fields">
        {slots.length > 0 && <Choice label="Slot" value={chosenSlot ?? ''} items={slots} onValue={setSlot} />}
        {graces.length > 0 && <Choice label="Grace" value={chosenGrace} items={graces} onValue={setGrace} />}
        {hasForce(policy) && (
          <label class="check">
            <input type="checkbox" checked={isForced} onChange={(event) => setForced(event.currentTarget.checked)} />
            <span>
              Against the vendor’s rules (<code>force</code>)
            </span>
          </label>
        )}
      </div>
      <div class="actions">
        {policy.kind === 'swap' && (
          <button type="button" onClick={() => onAction({ kind: 'stage' })}>
            Stage a new key
          </button>
        )}
        {policy.kind === 'swap' &&
          staged.map(({ id }) => (
            <button
              key={id}
              type="button"
              onClick={() => onAction({ kind: 'promote', id, ...(graceMs !== undefined && { graceMs }) })}
            >
              Switch to {id}
            </button>
          ))}
        <button
          type="button"
          class="primary"
          onClick={() =>
            onAction({ kind: 'rotate', options: { slot: chosenSlot, graceMs, force: isForced && hasForce(policy) } })
          }
        >
          Rotate
        </button>
      </div>
      <p class="hint">{RULES[policy.kind]}</p>
      <RevokeFields
        ids={described.filter(({ state }) => state !== 'revoked').map(({ id }) => id)}
        onAction={onAction}
      />
    </section>
  )
}
