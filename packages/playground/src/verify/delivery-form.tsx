import { KeyFields } from '../delivery/key-fields.js'
import { rowsFor } from '../delivery/key-row.js'
import { TextField } from '../form/text-field.js'
import { knownProvider } from '../provider/known-provider.js'
import { ProviderFields } from '../provider/provider-fields.js'
import type { ProviderChoice } from '../provider/providers.js'
import type { VerifyForm } from './judge.js'
import { RequestFields } from './request-fields.js'

/** What is to be verified: whose delivery, the delivery itself, the receiver's keys, and when. */
export function DeliveryForm(props: {
  form: VerifyForm
  setForm: (form: VerifyForm) => void
  verify: (form: VerifyForm) => void
  isPending: boolean
}) {
  const { form, setForm, isPending } = props
  function choose(choice: ProviderChoice) {
    const provider = knownProvider(choice)
    setForm({ ...form, choice, rows: provider === undefined ? form.rows : rowsFor(form.rows, provider) })
  }
  function submit(event: Event) {
    event.preventDefault()
    if (!isPending) props.verify(form)
  }
  return (
    <form aria-label="Delivery" autocomplete="off" onSubmit={submit}>
      <h2>A delivery</h2>
      <section>
        <ProviderFields choice={form.choice} onChoice={choose} />
      </section>
      <section>
        <h3>Delivery</h3>
        <RequestFields request={form.request} onRequest={(request) => setForm({ ...form, request })} />
      </section>
      <section>
        <h3>Keys of the receiver</h3>
        <KeyFields
          rows={form.rows}
          onRows={(rows) => setForm({ ...form, rows })}
          provider={knownProvider(form.choice)}
        />
      </section>
      <section>
        <h3>Moment</h3>
        <TextField
          label="When it arrived"
          value={form.moment}
          placeholder="now"
          hint="Empty is now. Else a date such as 2026-01-31T12:00:00Z, or the epoch’s seconds (10 digits) or milliseconds (13)."
          onValue={(moment) => setForm({ ...form, moment })}
        />
      </section>
      <button type="submit" class="primary" aria-disabled={isPending}>
        {isPending ? 'Verifying…' : 'Verify'}
      </button>
    </form>
  )
}
