import { type CapturedRequest, parseRequest } from '@countersign/core/explain'

/** A file's bytes, which no text field can hold as they are. */
export interface LoadedFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** A request as it stands in the form: pasted whole, or in parts. A file takes the place of the text beside it. */
export interface RequestForm {
  readonly way: 'paste' | 'parts'
  readonly pasted: string
  readonly pastedFile: LoadedFile | undefined
  readonly headers: string
  readonly body: string
  readonly bodyFile: LoadedFile | undefined
}

export const NO_REQUEST: RequestForm = {
  ...{ way: 'paste', pasted: '', pastedFile: undefined },
  ...{ headers: '', body: '', bodyFile: undefined },
}

/** Of either way the same. */
export type ReadRequest = Omit<CapturedRequest, 'format'> & { readonly format: CapturedRequest['format'] | 'parts' }

/** @throws CountersignError `request-unreadable`; an Error that names the line for headers that are none. */
export function readRequest(form: RequestForm): ReadRequest {
  if (form.way === 'paste') return parseRequest(form.pastedFile?.bytes ?? form.pasted)
  const body = form.bodyFile?.bytes ?? new TextEncoder().encode(form.body)
  return { format: 'parts', method: 'POST', url: '', headers: headerLines(form.headers), body, warnings: [] }
}

/** What is copied along with headers, and is none: a request line, and what HTTP/2 has in its place (`:method: POST`). */
const NO_HEADER = /^(?:[A-Z]+ \S+ HTTP\/[\d.]+|:[a-z]+:.*)$/

function headerLines(text: string): readonly (readonly [string, string])[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '' || NO_HEADER.test(line.trim())) return []
    const colon = line.indexOf(':')
    if (colon < 1) throw new Error(`Header line ${index + 1} has no colon: write each as "Name: value".`)
    return [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()] as const]
  })
}

const FORMATS: Readonly<Record<ReadRequest['format'], string>> = {
  ...{ http: 'raw HTTP', curl: 'a curl command', har: 'a HAR', json: 'JSON', parts: 'headers and body' },
}

/** What the request was understood to be, in one line. */
export function summaryOf({ format, method, headers, body }: ReadRequest): string {
  return `Read as ${FORMATS[format]}: ${method}, ${counted(headers.length, 'header')}, a body of ${counted(body.length, 'byte')}.`
}

export function counted(count: number, what: string): string {
  return `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`
}
