import type { ComponentChildren } from 'preact'
import { Field } from './field.js'

/**
 * Text that means what it says: nothing corrects, completes or remembers it. Written so, `autoCorrect` is set as an attribute:
 * the property of that name is a boolean, for which 'off' is true.
 */
export const VERBATIM = { autocomplete: 'off', autocapitalize: 'off', autoCorrect: 'off', spellcheck: false } as const

export interface TextFieldProps {
  readonly label: string
  readonly value: string
  readonly onValue: (value: string) => void
  readonly hint?: ComponentChildren
  readonly placeholder?: string
}

export function TextField({ label, value, onValue, hint, placeholder }: TextFieldProps) {
  return (
    <Field label={label} hint={hint}>
      {(ids) => (
        <input
          {...ids}
          {...VERBATIM}
          class="code"
          type="text"
          value={value}
          placeholder={placeholder ?? ''}
          onInput={(event) => onValue(event.currentTarget.value)}
        />
      )}
    </Field>
  )
}

export function TextArea({ label, value, onValue, hint, placeholder, rows }: TextFieldProps & { rows: number }) {
  return (
    <Field label={label} hint={hint}>
      {(ids) => (
        <textarea
          {...ids}
          {...VERBATIM}
          class="code"
          rows={rows}
          value={value}
          placeholder={placeholder ?? ''}
          onInput={(event) => onValue(event.currentTarget.value)}
        />
      )}
    </Field>
  )
}

/** Text to be read and copied. A field, not an element of text: what it holds may be a secret, and is no part of the document. */
export function OutputArea({ label, value, rows }: { label: string; value: string; rows: number }) {
  return (
    <Field label={label}>
      {(ids) => <textarea {...ids} {...VERBATIM} class="code output" rows={rows} value={value} readOnly />}
    </Field>
  )
}
