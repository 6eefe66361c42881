import type { Finding } from '@countersign/core/explain'

/** What is wrong, most likely first, each with what to do about it. */
export function FindingsView({ findings }: { findings: readonly Finding[] }) {
  if (findings.length === 0) return null
  return (
    <section>
      <h3>Findings</h3>
      <ol class="findings">
        {findings.map((finding) => (
          <FindingItem key={`${finding.code} ${finding.summary}`} finding={finding} />
        ))}
      </ol>
    </section>
  )
}

function FindingItem({ finding }: { finding: Finding }) {
  const { code, summary, fix, keyId, certain, together = [] } = finding
  return (
    <li>
      <p class="finding-summary">{summary}</p>
      <p>
        <strong>Fix:</strong> {fix}
      </p>
      {together.length > 0 && <p>To be mended together with: {together.join(', ')}.</p>}
      <p class="tags">
        <code>{code}</code>
        <span class={certain ? 'tag proven' : 'tag'}>{certain ? 'proven' : 'to look at'}</span>
        {keyId !== undefined && <span class="tag">key {keyId}</span>}
      </p>
    </li>
  )
}
