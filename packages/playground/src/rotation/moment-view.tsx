import type { KeyDescription, KeyState } from '@countersign/core'
import { useEffect, useState } from 'preact/hooks'
import { problemText } from '../form/problem-text.js'
import { receiverRingAt, type Sent, type Sides, sentAt } from './delivered.js'
import { ringAt } from './life.js'
import { StateMark } from './state-mark.js'
import { elapsedText } from './time-scale.js'

/** Whether the receiver accepts what a key has signed. Its own ring decides, which may not have learned of the key's state. */
function verifies(sides: Sides, { id, state }: KeyDescription, moment: number): string {
  const known = receiverRingAt(sides, moment)
    .describe(moment)
    .find((key) => key.id === id)
  if (known === undefined) return 'no, not known there'
  const answer = VERIFYING.includes(known.state) ? 'yes' : 'no'
  return known.state === state ? answer : `${answer}, ${known.state} there`
}

const VERIFYING: readonly KeyState[] = ['staged', 'active', 'retiring']

/** What is true at one moment: each key's state, what the vendor sends, and what the receiver makes of it. */
export function MomentView({ sides, moment, from }: { sides: Sides; moment: number; from: number }) {
  const [sent, setSent] = useState<Sent | { readonly problem: string }>()
  useEffect(() => {
    let isCurrent = true
    const tell = (found: Sent | { problem: string }) => isCurrent && setSent(found)
    sentAt(sides, moment).then(tell, (error) => tell({ problem: problemText(error) }))
    return () => {
      isCurrent = false
    }
  }, [sides, moment])
  const signers = sent !== undefined && 'signers' in sent ? sent.signers : []
  return (
    <section aria-label="At this moment">
      <h3>
        At this moment <span class="hint">{elapsedText(moment - from)} after the beginning</span>
      </h3>
      <table class="keys-table">
        <thead>
          <tr>
            <th scope="col">Key</th>
            <th scope="col">State</th>
            <th scope="col">Signs</th>
            <th scope="col">Verifies at the receiver</th>
          </tr>
        </thead>
        <tbody>
          {ringAt(sides.life, moment)
            .describe(moment)
            .map((described) => (
              <tr key={described.id}>
                <th scope="row">{described.id}</th>
                <StateCell described={described} moment={moment} />
                <td>{signers.includes(described.id) ? 'yes' : 'no'}</td>
                <td>{verifies(sides, described, moment)}</td>
              </tr>
            ))}
        </tbody>
      </table>
      <h3>The vendor sends</h3>
      {sent !== undefined && <SentView sent={sent} />}
    </section>
  )
}

function StateCell({ described: { state, until }, moment }: { described: KeyDescription; moment: number }) {
  return (
    <td>
      <StateMark state={state} />
      {until !== undefined && <span class="hint"> for {elapsedText(until - moment)} more</span>}
    </td>
  )
}

function SentView({ sent }: { sent: Sent | { readonly problem: string } }) {
  if ('problem' in sent) return <p class="problem">{sent.problem}</p>
  const { headers, result } = sent
  return (
    <>
      <dl class="headers">
        {Object.entries(headers).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <code>{value}</code>
            </dd>
          </div>
        ))}
      </dl>
      <p class={'refused' in result ? 'result refused' : 'result accepted'}>
        {'refused' in result
          ? `✕ Lost: the receiver answers 401 (${result.refused}).`
          : `✓ Accepted: by ${result.keyId}, which is ${result.keyState} at the receiver.`}
      </p>
    </>
  )
}
