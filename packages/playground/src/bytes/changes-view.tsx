import type { ByteChange, Mark, Span } from './byte-diff.js'
import { hexRows } from './hex-rows.js'

const MOST_TOLD = 6
const MOST_BYTES = 12

const WORDS: Readonly<Record<Mark, string>> = {
  added: 'Added on the way',
  removed: 'Lost on the way',
  changed: 'Changed on the way',
}

/** The differences in words, for who does not see the marks. */
export function ChangesView(props: { hashed: Uint8Array; signed: Uint8Array; changes: readonly ByteChange[] }) {
  const { hashed, signed, changes } = props
  const more = changes.length - MOST_TOLD
  return (
    <ul class="changes">
      {changes.slice(0, MOST_TOLD).map((change) => (
        <li key={`${change.arrived.from} ${change.signed.from}`}>
          <MarkSample mark={change.mark} /> {WORDS[change.mark]} at byte {change.arrived.from}:{' '}
          {change.mark !== 'added' && <code>{excerpt(signed, change.signed)}</code>}
          {change.mark === 'changed' && ' to '}
          {change.mark !== 'removed' && <code>{excerpt(hashed, change.arrived)}</code>}
        </li>
      ))}
      {more > 0 && <li>and {more.toLocaleString('en')} more</li>}
    </ul>
  )
}

function MarkSample({ mark }: { mark: Mark }) {
  const signs = { added: '+', removed: '−', changed: '≠' } as const
  return (
    <span class={`mark ${mark}`} aria-hidden="true">
      {signs[mark]}
    </span>
  )
}

/** Some bytes in hex and as text. */
function excerpt(bytes: Uint8Array, { from, to }: Span): string {
  const some = bytes.subarray(from, Math.min(to, from + MOST_BYTES))
  const runs = hexRows(some, 0, 1).flatMap(({ halves }) => halves.flat())
  const hex = runs.map((run) => run.hex).join(' ')
  const text = runs.map((run) => run.text).join('')
  return `${hex}${to - from > MOST_BYTES ? ' …' : ''} (${text}${to - from > MOST_BYTES ? '…' : ''})`
}
