import { agilePoint } from '@countersign/agilepoint'
import { autify } from '@countersign/autify'
import { describe, expect, it } from 'vitest'
import { initialRows, ROW_STATES, ringOf, rowsFor, withAnotherRow } from '../src/delivery/key-row.js'

const NOW = Date.UTC(2026, 0, 15)
const slotted = agilePoint({ headers: { primary: 'X-A', secondary: 'X-B' } })

describe('the rows of keys', () => {
  it.each(ROW_STATES)('make a key that is %s', (state) => {
    const rows = initialRows(autify(), ['a-made-up-secret']).map((row) => ({ ...row, state }))
    expect(ringOf(rows, autify(), NOW).describe(NOW)[0]?.state).toBe(state)
  })

  it('are one for each slot, or one', () => {
    expect(initialRows(slotted).map(({ id, slot }) => [id, slot])).toEqual([
      ['primary', 'primary'],
      ['secondary', 'secondary'],
    ])
    expect(initialRows(autify()).map(({ id, slot }) => [id, slot])).toEqual([['key-1', '']])
  })

  it('get a free id', () => {
    const [first] = initialRows(autify())
    const rows = [{ ...first, id: 'key-2' }] as ReturnType<typeof initialRows>
    const more = withAnotherRow(withAnotherRow(rows, autify()), autify())
    expect(more.map(({ id }) => id)).toEqual(['key-2', 'key-3', 'key-4'])
    expect(new Set(more.map(({ row }) => row)).size).toBe(3)
  })

  it('keep what is typed when the provider changes, and get its slots', () => {
    const typed = initialRows(autify(), ['a-made-up-secret'])
    expect(rowsFor(typed, slotted)).toMatchObject([{ id: 'key-1', slot: 'primary', secret: 'a-made-up-secret' }])
    expect(rowsFor(initialRows(autify()), slotted)).toHaveLength(2)
  })

  it('name the key whose secret is none, and not the secret', () => {
    const [row] = initialRows(autify(), ['a-made-up-secret'])
    const rows = [{ ...row, encoding: 'hex' }] as ReturnType<typeof initialRows>
    expect(() => ringOf(rows, autify(), NOW)).toThrow(/^'key-1': secret-malformed/)
    expect(() => ringOf(rows, autify(), NOW)).not.toThrow(/made-up/)
  })

  it('take a secret with a blank at its end: that is what is to be found out', () => {
    expect(ringOf(initialRows(autify(), ['a-made-up-secret ']), autify(), NOW).keys).toHaveLength(1)
  })
})
