import { Field } from '../form/field.js'
import { counted, type LoadedFile } from './request-form.js'

/** A file of this machine's, read here and sent nowhere. */
export function FileInput(props: {
  label: string
  file: LoadedFile | undefined
  onFile: (file: LoadedFile | undefined) => void
}) {
  const { label, file, onFile } = props
  if (file !== undefined) {
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
  async function load(input: HTMLInputElement) {
    const [chosen] = input.files ?? []
    if (chosen === undefined) return
    onFile({ name: chosen.name, bytes: new Uint8Array(await chosen.arrayBuffer()) })
  }
  return (
    <Field label={label}>
      {(ids) => <input {...ids} type="file" onChange={(event) => load(event.currentTarget)} />}
    </Field>
  )
}
