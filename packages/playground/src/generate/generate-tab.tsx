import { useEffect, useState } from 'preact/hooks'
import { Radios } from '../form/choice.js'
import { CopyButton } from '../form/copy-button.js'
import { problemText } from '../form/problem-text.js'
import { OutputArea } from '../form/text-field.js'
import { initialChoice } from '../provider/providers.js'
import type { VerifyForm } from '../verify/judge.js'
import { EventFields } from './event-fields.js'
import { type GenerateForm, initialGenerateForm, requestText, signedDelivery, verifyFormOf } from './generate-form.js'
import type { Mistake } from './mistakes.js'
import { TamperFields } from './tamper-fields.js'

/** A delivery as the vendor would send it now, and the ways in which such deliveries go wrong. */
export function GenerateTab({ onVerify }: { onVerify: (form: VerifyForm) => void }) {
  const [form, setForm] = useState(() => initialGenerateForm(initialChoice('orange-logic')))
  const { text, problem, setProblem } = useRequestText(form)

  /** Signed anew: what was signed a while ago is stale where a stamp is signed. */
  function put(mistake: Mistake | undefined) {
    verifyFormOf(form, mistake, Date.now()).then(onVerify, (error) => setProblem(problemText(error)))
  }

  return (
    <div class="columns">
      <form aria-label="Event" autocomplete="off" onSubmit={(event) => event.preventDefault()}>
        <h2>Make a signed delivery</h2>
        <EventFields form={form} onForm={setForm} />
      </form>
      <section aria-label="Signed delivery">
        <h2>What the vendor sends</h2>
        <Radios
          label="Written as"
          value={form.format}
          items={[
            { value: 'http', title: 'Raw HTTP' },
            { value: 'curl', title: 'curl' },
          ]}
          onValue={(format) => setForm({ ...form, format: format as GenerateForm['format'] })}
        />
        <OutputArea label="Signed request" value={text} rows={14} />
        <p class="problem" role="status">
          {problem}
        </p>
        <div class="actions">
          <CopyButton text={text} what="request" />
          <button type="button" class="primary" onClick={() => put(undefined)}>
            Put it into Verify
          </button>
        </div>
        <h3>Tamper with it</h3>
        <TamperFields choice={form.choice} onTamper={put} />
      </section>
    </div>
  )
}

/** The request of the form, signed now; or empty, and what is wrong with the form. */
function useRequestText(form: GenerateForm) {
  const [text, setText] = useState('')
  const [problem, setProblem] = useState('')
  useEffect(() => {
    let isCurrent = true
    const tell = (written: string, fault: string) => {
      if (!isCurrent) return
      setText(written)
      setProblem(fault)
    }
    signedDelivery(form, Date.now()).then(
      ({ delivery }) => tell(requestText(form, delivery), ''),
      (error) => tell('', problemText(error)),
    )
    return () => {
      isCurrent = false
    }
  }, [form])
  return { text, problem, setProblem }
}
