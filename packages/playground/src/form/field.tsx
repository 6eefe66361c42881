import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

/** What a control needs so that its label and its hint belong to it. */
export interface ControlIds {
  readonly id: string
  readonly 'aria-describedby'?: string
}

/** A label, a control and perhaps a hint. */
export function Field(props: {
  label: string
  hint?: ComponentChildren
  children: (ids: ControlIds) => ComponentChildren
}) {
  const id = useId()
  const hasHint = props.hint !== undefined
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      {props.children({ id, ...(hasHint && { 'aria-describedby': `${id}-hint` }) })}
      {hasHint && (
        <p class="hint" id={`${id}-hint`}>
          {props.hint}
        </p>
      )}
    </div>
  )
}
