import type { Finding } from '@countersign/core/explain'
import { useMemo, useState } from 'preact/hooks'
import { Choice } from '../form/choice.js'
import { type ByteChange, byteDiff } from './byte-diff.js'
import { ChangesView } from './changes-view.js'
import { HexView } from './hex-view.js'

/** The bytes that were hashed here, and where a finding knows them, those that the sender had hashed. */
export function BytesView(props: { signedContent: (() => Uint8Array) | undefined; findings: readonly Finding[] }) {
  const { signedContent, findings } = props
  const [chosen, setChosen] = useState(0)
  const known = findings.filter((finding) => finding.signedContent !== undefined)
  const finding = known[chosen] ?? known[0]
  const hashed = useMemo(() => signedContent?.(), [signedContent])
  const signed = useMemo(() => finding?.signedContent?.(), [finding])
  const changes = useMemo(() => (hashed && signed ? byteDiff(hashed, signed) : []), [hashed, signed])
  if (hashed === undefined) {
    return (
      <section>
        <h3>Bytes</h3>
        <p class="hint">Nothing was hashed: the delivery carries no MAC that could be read, or none at all.</p>
      </section>
    )
  }
  return (
    <section>
      <h3>Bytes</h3>
      {known.length > 1 && (
        <Choice
          label="Compared with what would verify under"
          value={String(chosen)}
          items={known.map(({ summary }, index) => ({ value: String(index), title: summary }))}
          onValue={(value) => setChosen(Number(value))}
        />
      )}
      {signed !== undefined && <ChangesView hashed={hashed} signed={signed} changes={changes} />}
      {/* Another finding, another beginning. */}
      <Comparison key={chosen} hashed={hashed} signed={signed} changes={changes} />
    </section>
  )
}

function Comparison(props: { hashed: Uint8Array; signed: Uint8Array | undefined; changes: readonly ByteChange[] }) {
  const { hashed, signed, changes } = props
  return (
    <>
      <HexView
        title={signed === undefined ? 'What was hashed' : 'What arrived, and was hashed here'}
        bytes={hashed}
        marked={changes.map(({ mark, arrived }) => ({ mark, ...arrived }))}
      />
      {signed !== undefined && (
        <HexView
          title="What the sender signed"
          bytes={signed}
          marked={changes.map(({ mark, signed: span }) => ({ mark, ...span }))}
        />
      )}
    </>
  )
}
