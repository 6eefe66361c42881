import { useState } from 'preact/hooks'
import { Field } from '../form/field.js'
import { problemText } from '../form/problem-text.js'
import { counted, type LoadedFile } from './request-form.js'

/** Far more than any receiver takes. A browser would hold all of it in memory. */
const MOST_MEBIBYTES = 16

interface FileProps {
  readonly label: string
  readonly file: LoadedFile | undefined
  readonly onFile: (file: LoadedFile | undefined) => void
}

/** A file of this machine's, read here and sent nowhere. */
export function FileInput({ label, file, onFile }: FileProps) {
  if (file === undefined) return <FileChoice label={label} onFile={onFile} />
  return (
    <p class="loaded">
      <span>
        {file.name}, {counted(file.bytes.length, 'byte')}, in place of the text above
      </span>
      <button type="button" class="quiet" onClick={() => onFile(undefined)}>
        Take the text
      </button>
    </p>
  )
}

function FileChoice({ label, onFile }: Omit<FileProps, 'file'>) {
  const [problem, setProblem] = useState('')
  async function load(input: HTMLInputElement) {
    const [chosen] = input.files ?? []
    if (chosen === undefined) return
    try {
      onFile(await loaded(chosen))
    } catch (error) {
      setProblem(problemText(error))
    }
  }
  return (
    <>
      <Field label={label}>
        {(ids) => <input {...ids} type="file" onChange={(event) => load(event.currentTarget)} />}
      </Field>
      {problem !== '' && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
    </>
  )
}

/** @throws Error for a file that is too long, or can no longer be read. */
async function loaded(file: File): Promise<LoadedFile> {
  if (file.size > MOST_MEBIBYTES * 1024 * 1024) {
    throw new Error(`${file.name} is over ${MOST_MEBIBYTES} MiB: take a capture of one delivery.`)
  }
  try {
    return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }
  } catch {
    throw new Error(`${file.name} cannot be read: choose it again.`)
  }
}
