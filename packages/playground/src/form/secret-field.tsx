import type { ComponentChildren, TargetedInputEvent } from 'preact'
import { useState } from 'preact/hooks'
import { Field } from './field.js'
import { VERBATIM } from './text-field.js'

/** A secret: hidden until its owner asks to see it, and nowhere in the document but in the field's own value. */
export function SecretField(props: {
  label: string
  /** Whose secret, for the button that shows it. */
  owner: string
  value: string
  onValue: (value: string) => void
  hint?: ComponentChildren
}) {
  const [isShown, setShown] = useState(false)
  const common = {
    class: 'code',
    ...VERBATIM,
    value: props.value,
    onInput: (event: TargetedInputEvent<HTMLInputElement>) => props.onValue(event.currentTarget.value),
  } as const
  return (
    <Field label={props.label} hint={props.hint}>
      {(ids) => (
        <div class="joined">
          {isShown ? <input {...ids} {...common} type="text" /> : <input {...ids} {...common} type="password" />}
          <button
            type="button"
            class="quiet"
            aria-label={`${isShown ? 'Hide' : 'Show'} the secret of ${props.owner}`}
            onClick={() => setShown(!isShown)}
          >
            {isShown ? 'Hide' : 'Show'}
          </button>
        </div>
      )}
    </Field>
  )
}
