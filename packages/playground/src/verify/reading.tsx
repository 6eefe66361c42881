import { useMemo } from 'preact/hooks'
import { problemText } from '../form/problem-text.js'
import { type ReadRequest, type RequestForm, readRequest, summaryOf } from './request-form.js'

/** What the request was understood to be, while it is typed. */
export function Reading({ request }: { request: RequestForm }) {
  const read = useMemo(() => attempt(request), [request])
  if (read === undefined) return null
  if ('problem' in read) {
    return (
      <div class="reading">
        <p>
          <strong>Not readable yet:</strong> {read.problem}
        </p>
      </div>
    )
  }
  return (
    <div class="reading">
      <p>{summaryOf(read)}</p>
      {read.warnings.map((warning) => (
        <p key={warning}>
          <strong>Mind:</strong> {warning}
        </p>
      ))}
    </div>
  )
}

/** Undefined where nothing was given yet. */
function attempt(request: RequestForm): ReadRequest | { readonly problem: string } | undefined {
  if (request.way === 'paste' && request.pasted === '' && request.pastedFile === undefined) return undefined
  try {
    return readRequest(request)
  } catch (error) {
    return { problem: problemText(error) }
  }
}
