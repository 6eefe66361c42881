import type { AnyProvider } from '@countersign/core'
import { Choice } from '../form/choice.js'
import { SecretField } from '../form/secret-field.js'
import { TextField } from '../form/text-field.js'
import { type KeyRow, ROW_STATES, SECRET_ENCODINGS, withAnotherRow } from './key-row.js'

/** The ring's most keys. */
const MOST_ROWS = 16

/** The receiver's keys: what each is called, its secret, and the state that it is in. */
export function KeyFields(props: {
  rows: readonly KeyRow[]
  onRows: (rows: readonly KeyRow[]) => void
  provider: AnyProvider | undefined
}) {
  const { rows, onRows, provider } = props
  const setRow = (changed: KeyRow) => onRows(rows.map((row) => (row.row === changed.row ? changed : row)))
  return (
    <>
      <ul class="keys">
        {rows.map((row) => (
          <li key={row.row}>
            <KeyInputs row={row} onRow={setRow} slots={provider?.slots} />
            {rows.length > 1 && (
              <button
                type="button"
                class="quiet"
                aria-label={`Remove ${row.id}`}
                onClick={() => onRows(rows.filter((one) => one !== row))}
              >
                Remove
              </button>
            )}
          </li>
        ))}
      </ul>
      {provider !== undefined && rows.length < MOST_ROWS && (
        <button type="button" onClick={() => onRows(withAnotherRow(rows, provider))}>
          Add a key
        </button>
      )}
    </>
  )
}

function KeyInputs(props: { row: KeyRow; onRow: (row: KeyRow) => void; slots: readonly string[] | undefined }) {
  const { row, onRow, slots } = props
  return (
    <fieldset class="fields">
      <legend>{row.id}</legend>
      <SecretField label="Secret" owner={row.id} value={row.secret} onValue={(secret) => onRow({ ...row, secret })} />
      <Choice
        label="Written as"
        value={row.encoding}
        items={SECRET_ENCODINGS.map((value) => ({ value, title: value === 'utf8' ? 'plain text' : value }))}
        onValue={(encoding) => onRow({ ...row, encoding: encoding as KeyRow['encoding'] })}
      />
      <Choice
        label="State"
        value={row.state}
        items={ROW_STATES}
        onValue={(state) => onRow({ ...row, state: state as KeyRow['state'] })}
      />
      {slots !== undefined && (
        <Choice label="Slot" value={row.slot} items={slots} onValue={(slot) => onRow({ ...row, slot })} />
      )}
      <TextField label="Id" value={row.id} onValue={(id) => onRow({ ...row, id })} />
    </fieldset>
  )
}
