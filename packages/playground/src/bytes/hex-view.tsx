import { Fragment } from 'preact'
import { useId, useState } from 'preact/hooks'
import { hexRows, type MarkedSpan, ROW_BYTES, type Run, rowCount } from './hex-rows.js'

/** How many rows are shown at first, and how many more each time. */
const FIRST_ROWS = 64
const MORE_ROWS = 128
/** Rows before the first difference. */
const LEAD_ROWS = 2

/** Bytes in hex and as text, side by side: a part of them, and more on demand. */
export function HexView(props: { title: string; bytes: Uint8Array; marked: readonly MarkedSpan[] }) {
  const { title, bytes, marked } = props
  const heading = useId()
  const firstMarked = Math.floor((marked[0]?.from ?? 0) / ROW_BYTES)
  const [first, setFirst] = useState(Math.max(0, firstMarked - LEAD_ROWS))
  const [count, setCount] = useState(FIRST_ROWS)
  const rows = hexRows(bytes, first, count, marked)
  const after = rowCount(bytes) - first - rows.length
  const earlier = Math.min(first, MORE_ROWS)
  return (
    <div class="hex">
      <h4 id={heading}>
        {title} <span class="hint">{bytes.length.toLocaleString('en')} bytes</span>
      </h4>
      {earlier > 0 && (
        <button
          type="button"
          class="quiet"
          onClick={() => {
            setFirst(first - earlier)
            setCount(count + earlier)
          }}
        >
          Show {earlier * ROW_BYTES} bytes before
        </button>
      )}
      <table aria-labelledby={heading}>
        <thead class="visually-hidden">
          <tr>
            <th scope="col">Offset</th>
            <th scope="col">Hex</th>
            <th scope="col">Text</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ offset, halves }) => (
            <tr key={offset}>
              <th scope="row">{offset}</th>
              <td>
                {halves.map((half, index) => (
                  <Half key={`${offset}${index === 0}`} runs={half} shows="hex" />
                ))}
              </td>
              <td>
                {halves.map((half, index) => (
                  <Half key={`${offset}${index === 0}`} runs={half} shows="text" />
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {after > 0 && (
        <button type="button" class="quiet" onClick={() => setCount(count + MORE_ROWS)}>
          Show {Math.min(after, MORE_ROWS) * ROW_BYTES} bytes more
        </button>
      )}
    </div>
  )
}

const ELEMENTS = { added: 'ins', removed: 'del', changed: 'mark' } as const

/** Eight bytes. `shows`: in which of the two columns. */
function Half({ runs, shows }: { runs: readonly Run[]; shows: 'hex' | 'text' }) {
  return (
    <span class="half">
      {runs.map((run, index) => (
        <Fragment key={`${index} ${run.hex}`}>
          {shows === 'hex' && run.hex !== '' && runs.slice(0, index).some(({ hex }) => hex !== '') && ' '}
          <Marked run={run}>{run[shows]}</Marked>
        </Fragment>
      ))}
    </span>
  )
}

function Marked({ run, children }: { run: Run; children: string }) {
  if (run.hex === '') return <span class={`gap ${run.mark}`} aria-hidden="true" />
  const Element = run.mark === undefined ? 'span' : ELEMENTS[run.mark]
  return <Element class={run.mark === undefined ? '' : `mark ${run.mark}`}>{children}</Element>
}
