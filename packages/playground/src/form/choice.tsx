import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { Field } from './field.js'

interface ChoiceItem {
  readonly value: string
  readonly title: string
}

interface ChoiceProps {
  readonly label: string
  readonly value: string
  readonly items: readonly (ChoiceItem | string)[]
  readonly onValue: (value: string) => void
  readonly hint?: ComponentChildren
}

const toItem = (item: ChoiceItem | string): ChoiceItem =>
  typeof item === 'string' ? { value: item, title: item } : item

/** One of many, in a list that opens. */
export function Choice({ label, value, items, onValue, hint }: ChoiceProps) {
  return (
    <Field label={label} hint={hint}>
      {(ids) => (
        <select {...ids} value={value} onChange={(event) => onValue(event.currentTarget.value)}>
          {items.map(toItem).map((item) => (
            <option key={item.value} value={item.value}>
              {item.title}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

/** One of a few, all in sight. */
export function Radios({ label, value, items, onValue }: ChoiceProps) {
  const name = useId()
  return (
    <fieldset class="radios">
      <legend>{label}</legend>
      {items.map(toItem).map((item) => (
        <label key={item.value}>
          <input
            type="radio"
            name={name}
            value={item.value}
            checked={item.value === value}
            onChange={() => onValue(item.value)}
          />
          {item.title}
        </label>
      ))}
    </fieldset>
  )
}
