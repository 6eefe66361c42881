import { Radios } from '../form/choice.js'
import { TextArea } from '../form/text-field.js'
import { FileInput } from './file-input.js'
import { Reading } from './reading.js'
import type { RequestForm } from './request-form.js'

interface PartProps {
  readonly request: RequestForm
  readonly set: (change: Partial<RequestForm>) => void
}

/** The delivery: pasted in one of four forms, or its headers and its body apart. */
export function RequestFields(props: { request: RequestForm; onRequest: (request: RequestForm) => void }) {
  const { request, onRequest } = props
  const set = (change: Partial<RequestForm>) => onRequest({ ...request, ...change })
  const Fields = request.way === 'paste' ? PasteFields : PartFields
  return (
    <>
      <Radios
        label="How it is given"
        value={request.way}
        items={[
          { value: 'paste', title: 'One paste' },
          { value: 'parts', title: 'Headers and body' },
        ]}
        onValue={(way) => set({ way: way as RequestForm['way'] })}
      />
      <Fields request={request} set={set} />
      <Reading request={request} />
    </>
  )
}

function PasteFields({ request, set }: PartProps) {
  return (
    <>
      <TextArea
        label="Request"
        rows={12}
        value={request.pasted}
        hint="Raw HTTP, a curl command, a HAR, or JSON with headers and body. A text field turns CRLF into LF: a file keeps every byte."
        placeholder={'POST /webhooks HTTP/1.1\nHost: …\n\n{"event":…}'}
        onValue={(pasted) => set({ pasted })}
      />
      <FileInput label="Or a file" file={request.pastedFile} onFile={(pastedFile) => set({ pastedFile })} />
    </>
  )
}

function PartFields({ request, set }: PartProps) {
  return (
    <>
      <TextArea
        label="Headers"
        rows={5}
        value={request.headers}
        placeholder="Name: value"
        onValue={(headers) => set({ headers })}
      />
      <TextArea
        label="Body"
        rows={8}
        value={request.body}
        hint="As it arrived: not formatted, nothing added at its end."
        onValue={(body) => set({ body })}
      />
      <FileInput label="Or the body's file" file={request.bodyFile} onFile={(bodyFile) => set({ bodyFile })} />
    </>
  )
}
