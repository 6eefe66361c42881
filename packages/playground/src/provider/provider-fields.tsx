import { Choice } from '../form/choice.js'
import { TextField } from '../form/text-field.js'
import { entryOf, initialChoice, type OptionField, PROVIDERS, type ProviderChoice } from './providers.js'

/** Which provider, and its options. `wants`: which of them matter here. */
export function ProviderFields(props: {
  choice: ProviderChoice
  onChoice: (choice: ProviderChoice) => void
  wants?: (field: OptionField) => boolean
}) {
  const { id, values } = props.choice
  const fields = entryOf(id).fields.filter((field) => field.isShown?.(values) ?? true)
  const setValue = (name: string, value: string) => props.onChoice({ id, values: { ...values, [name]: value } })
  return (
    <div class="fields provider">
      <Choice
        label="Provider"
        value={id}
        items={PROVIDERS.map((entry) => ({ value: entry.id, title: entry.title }))}
        onValue={(chosen) => props.onChoice(initialChoice(chosen))}
      />
      {fields.filter(props.wants ?? (() => true)).map((field) => (
        <OptionInput
          key={field.name}
          field={field}
          value={values[field.name] ?? ''}
          onValue={(value) => setValue(field.name, value)}
        />
      ))}
    </div>
  )
}

function OptionInput(props: { field: OptionField; value: string; onValue: (value: string) => void }) {
  const { label, choices, hint } = props.field
  const common = { label, value: props.value, onValue: props.onValue, ...(hint !== undefined && { hint }) }
  return choices === undefined ? <TextField {...common} /> : <Choice {...common} items={choices} />
}
