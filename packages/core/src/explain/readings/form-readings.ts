import { utf8 } from '../../encoding.js'
import { type BodyChange, bodyChange, RAW } from './body-change.js'
import { parseFormFields } from './form-fields.js'
import { COMPACT, ESCAPES, writeJson } from './json-style.js'
import { parseJsonTree, wordText } from './json-tree.js'

/** Form-encoded, or taken out of a form. */
export function* formReadings(text: string): Generator<BodyChange> {
  const node = parseJsonTree(text)
  if (node === undefined) {
    const fields = parseFormFields(text)
    const fix =
      'Choose the content type application/json at the vendor, or verify what the vendor signs: the adapter signs the raw body.'
    for (const [name, value] of fields)
      yield bodyChange('body-form', `as ${fieldName(name)} of the form alone`, fix, utf8(value))
    const blanks = text.includes('+') ? text.replaceAll('+', '%20') : text.replaceAll('%20', '+')
    yield bodyChange('body-form', 'as the same form, its blanks written in the other way (+ or %20)', RAW, utf8(blanks))
    yield bodyChange(
      'body-form',
      "as the JSON of the form's fields",
      fix,
      utf8(JSON.stringify(Object.fromEntries(fields))),
    )
    return
  }
  const fix =
    'Verify the form as it arrived, of which something made JSON: in Express, express.raw() on this route before express.urlencoded().'
  yield bodyChange(
    'body-form',
    "as a form with the JSON in its field 'payload'",
    fix,
    utf8(new URLSearchParams([['payload', text]]).toString()),
  )
  if (typeof node === 'string' || 'items' in node) return
  const fields = node.entries.map(([key, value]): [string, string] => [
    wordText(key),
    typeof value === 'string' ? wordText(value) : writeJson(value, COMPACT, ESCAPES[0], false),
  ])
  const form = new URLSearchParams(fields).toString()
  yield bodyChange('body-form', 'as a form with a field for each key', fix, utf8(form))
  yield bodyChange(
    'body-form',
    'as a form with a field for each key, and %20 for blanks',
    fix,
    utf8(form.replaceAll('+', '%20')),
  )
}

/** A sender's name is shown only if nothing in it could be taken for a part of the sentence, or by a terminal. */
function fieldName(name: string): string {
  return /^[\w.[\]-]{1,40}$/.test(name) ? `the field "${name}"` : 'one field'
}
