import { useEffect, useRef } from 'preact/hooks'
import { DeliveryForm } from './delivery-form.js'
import type { Outcome, VerifyForm } from './judge.js'
import { OutcomeView } from './outcome-view.js'

/** A delivery goes in, and the verdict, its reasons and the bytes come out. */
export function VerifyTab(props: {
  form: VerifyForm
  setForm: (form: VerifyForm) => void
  verify: (form: VerifyForm) => void
  isPending: boolean
  outcome: Outcome | undefined
}) {
  const { form, outcome, isPending } = props
  const result = useRef<HTMLElement>(null)
  // On a wide page the verdict stands beside the form's beginning, and who presses is at its end.
  useEffect(() => {
    if (outcome !== undefined) result.current?.querySelector('[role=status]')?.scrollIntoView({ block: 'nearest' })
  }, [outcome])
  return (
    <div class="columns">
      <DeliveryForm {...props} />
      <section ref={result} aria-label="Result" aria-busy={isPending}>
        <OutcomeView
          outcome={outcome}
          isPending={isPending}
          isOutdated={outcome !== undefined && outcome.form !== form}
        />
      </section>
    </div>
  )
}
