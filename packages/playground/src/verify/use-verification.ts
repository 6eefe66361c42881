import { useRef, useState } from 'preact/hooks'
import { initialRows } from '../delivery/key-row.js'
import { initialChoice, providerOf } from '../provider/providers.js'
import { judge, type Outcome, type VerifyForm } from './judge.js'
import { NO_REQUEST } from './request-form.js'

/** Long enough for what is set to be painted. */
const FRAME_MS = 17

function initialForm(): VerifyForm {
  const choice = initialChoice('orange-logic')
  return { choice, request: NO_REQUEST, rows: initialRows(providerOf(choice)), moment: '' }
}

/** The form of a delivery, and what came of it when it was last asked. */
export function useVerification() {
  const [form, setForm] = useState(initialForm)
  const [outcome, setOutcome] = useState<Outcome>()
  const [isPending, setPending] = useState(false)
  const asked = useRef(0)

  async function verify(asForm: VerifyForm) {
    asked.current += 1
    const turn = asked.current
    setForm(asForm)
    setPending(true)
    // A long body takes seconds to explain: what is going on has to be painted first.
    await new Promise((resolve) => setTimeout(resolve, FRAME_MS))
    const found = await judge(asForm, turn)
    // An answer that comes after a later one is outdated.
    if (turn !== asked.current) return
    setOutcome(found)
    setPending(false)
  }

  return { form, setForm, outcome, isPending, verify }
}
