import { statusOf } from '@countersign/core'
import { BytesView } from '../bytes/bytes-view.js'
import { FindingsView } from './findings-view.js'
import type { Judged, Outcome } from './judge.js'
import { counted } from './request-form.js'
import { StepsView } from './steps-view.js'

/** The verdict, which is read aloud, and all that explains it. */
export function OutcomeView(props: { outcome: Outcome | undefined; isPending: boolean; isOutdated: boolean }) {
  const { outcome, isPending, isOutdated } = props
  return (
    <>
      <h2 id="verdict" tabIndex={-1}>
        Verdict
      </h2>
      <div role="status" aria-live="polite" class="verdict-status">
        <Status {...props} />
        {isOutdated && !isPending && <p class="hint">The form has changed since. Verify again.</p>}
      </div>
      {outcome !== undefined && 'trace' in outcome.judged && <Explanation key={outcome.turn} judged={outcome.judged} />}
    </>
  )
}

function Status({ outcome, isPending }: { outcome: Outcome | undefined; isPending: boolean }) {
  if (isPending) {
    return (
      <Verdict tone="pending" title="Verifying…" detail="Trying out what would fit. A long body takes a few seconds." />
    )
  }
  if (outcome === undefined) {
    return (
      <p class="hint">
        Nothing is verified yet. Fill in the form, or let <strong>Generate</strong> make a delivery.
      </p>
    )
  }
  const { judged } = outcome
  const findings = 'findings' in judged ? judged.findings.length : 0
  return (
    <>
      <VerdictView judged={judged} />
      {findings > 0 && <p class="visually-hidden">{counted(findings, 'finding')} below, with what to do.</p>}
    </>
  )
}

function Explanation({ judged }: { judged: Judged }) {
  return (
    <>
      <FindingsView findings={judged.findings} />
      <StepsView steps={judged.trace.steps} />
      <BytesView signedContent={judged.trace.signedContent} findings={judged.findings} />
    </>
  )
}

function VerdictView({ judged }: { judged: Outcome['judged'] }) {
  if ('problem' in judged) {
    return <Verdict tone="fault" title="Not verified" detail={judged.problem} />
  }
  const { verdict } = judged
  if ('fault' in verdict) {
    return <Verdict tone="fault" title="Fault of the receiver" detail={verdict.fault} status={503} />
  }
  if (!verdict.ok) {
    return (
      <Verdict tone="refused" title={`Refused: ${verdict.reason}`} detail={verdict.detail} status={statusOf(verdict)} />
    )
  }
  const assurance =
    verdict.assurance === 'body-mac'
      ? 'The body is under the MAC.'
      : 'Only the sender’s knowledge of the secret was shown: nothing ties the body to it.'
  return (
    <Verdict
      tone="accepted"
      title={`Accepted by ${verdict.keyId}`}
      detail={`The key is ${verdict.keyState}. ${assurance}`}
      status={200}
    />
  )
}

const MARKS = { accepted: '✓', refused: '✕', fault: '!', pending: '…' } as const

function Verdict(props: { tone: keyof typeof MARKS; title: string; detail: string; status?: number }) {
  return (
    <div class={`verdict ${props.tone}`}>
      <p class="verdict-title">
        <span aria-hidden="true" class="verdict-mark">
          {MARKS[props.tone]}
        </span>
        {props.title}
      </p>
      <p>{props.detail}</p>
      {props.status !== undefined && (
        <p class="hint">
          The sender is answered with <code>{props.status}</code> and learns nothing else.
        </p>
      )}
    </div>
  )
}
