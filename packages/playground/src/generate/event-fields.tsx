import { rowsFor } from '../delivery/key-row.js'
import { Choice } from '../form/choice.js'
import { SecretField } from '../form/secret-field.js'
import { TextArea, TextField } from '../form/text-field.js'
import { knownProvider } from '../provider/known-provider.js'
import { ProviderFields } from '../provider/provider-fields.js'
import type { ProviderChoice } from '../provider/providers.js'
import { type GenerateForm, initialGenerateForm } from './generate-form.js'
import { SAMPLE_EVENTS } from './sample-events.js'

interface EventProps {
  readonly form: GenerateForm
  readonly onForm: (form: GenerateForm) => void
}

/** Whose delivery, of which event, signed with which secrets. */
export function EventFields({ form, onForm }: EventProps) {
  function choose(choice: ProviderChoice) {
    if (choice.id !== form.choice.id) return onForm(initialGenerateForm(choice, form.format))
    const provider = knownProvider(choice)
    onForm({ ...form, choice, rows: provider === undefined ? form.rows : rowsFor(form.rows, provider) })
  }
  return (
    <>
      <section>
        <ProviderFields choice={form.choice} onChoice={choose} />
      </section>
      <section>
        <h3>{form.rows.length > 1 ? 'Secrets' : 'Secret'}</h3>
        <SecretFields form={form} onForm={onForm} />
      </section>
      <section>
        <h3>Event</h3>
        <SampleChoice form={form} onForm={onForm} />
        <TextArea label="Body" rows={7} value={form.body} onValue={(body) => onForm({ ...form, body })} />
        <TextField label="Receiver" value={form.url} onValue={(url) => onForm({ ...form, url })} />
      </section>
    </>
  )
}

function SecretFields({ form, onForm }: EventProps) {
  return (
    <>
      <p class="hint">Made up by this page just now. Your own may take its place.</p>
      {form.rows.map((row) => (
        <SecretField
          key={row.row}
          label={`Secret of ${row.id}`}
          owner={row.id}
          value={row.secret}
          onValue={(secret) =>
            onForm({ ...form, rows: form.rows.map((one) => (one === row ? { ...row, secret } : one)) })
          }
        />
      ))}
    </>
  )
}

/** A body that is none of the examples. */
const OWN = { value: '-1', title: 'your own' }

function SampleChoice({ form, onForm }: EventProps) {
  const samples = SAMPLE_EVENTS[form.choice.id] ?? []
  const chosen = samples.findIndex(({ body }) => body === form.body)
  const items = samples.map(({ title }, index) => ({ value: String(index), title }))
  return (
    <Choice
      label="Example"
      value={String(chosen)}
      items={chosen < 0 ? [...items, OWN] : items}
      onValue={(index) => onForm({ ...form, body: samples[Number(index)]?.body ?? form.body })}
    />
  )
}
