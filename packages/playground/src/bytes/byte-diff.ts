// Its index brings every kind of diff with it.
import { diffArrays } from 'diff/lib/diff/array.js'

/** What was done to the signed bytes on the way. */
export type Mark = 'added' | 'removed' | 'changed'

/** Offsets of bytes, end excluded. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** One place at which two texts of bytes differ. Of what was added or removed one of the spans is empty. */
export interface ByteChange {
  readonly mark: Mark
  readonly arrived: Span
  readonly signed: Span
}

/** Beyond so many differing bytes a list of them tells nothing, and takes long to make. */
const MOST_EDITS = 1000

/** How what arrived differs from what was signed, in order. Of what has little in common: one change, of all between. */
export function byteDiff(arrived: Uint8Array, signed: Uint8Array): readonly ByteChange[] {
  const start = commonStart(arrived, signed)
  const end = commonEnd(arrived.subarray(start), signed.subarray(start))
  const middle = {
    arrived: arrived.subarray(start, arrived.length - end),
    signed: signed.subarray(start, signed.length - end),
  }
  const pieces = diffArrays([...middle.signed], [...middle.arrived], { maxEditLength: MOST_EDITS }) ?? [
    { count: middle.signed.length, added: false, removed: true },
    { count: middle.arrived.length, added: true, removed: false },
  ]
  return changesOf(pieces, start)
}

interface Piece {
  readonly count: number
  readonly added: boolean
  readonly removed: boolean
}

function changesOf(pieces: readonly Piece[], start: number): readonly ByteChange[] {
  const changes: ByteChange[] = []
  const at = { arrived: start, signed: start }
  let change: { arrived: Span; signed: Span } | undefined
  const finish = () => {
    if (change !== undefined) changes.push({ ...change, mark: markOf(change) })
    change = undefined
  }
  for (const { count, added, removed } of pieces) {
    if (count === 0) continue
    if (!added && !removed) finish()
    const from = { ...at }
    if (!removed) at.arrived += count
    if (!added) at.signed += count
    if (!added && !removed) continue
    const { arrived, signed } = change ?? {
      arrived: { from: from.arrived, to: from.arrived },
      signed: { from: from.signed, to: from.signed },
    }
    change = { arrived: { ...arrived, to: at.arrived }, signed: { ...signed, to: at.signed } }
  }
  finish()
  return changes
}

function markOf({ arrived, signed }: { arrived: Span; signed: Span }): Mark {
  if (arrived.from === arrived.to) return 'removed'
  return signed.from === signed.to ? 'added' : 'changed'
}

function commonStart(one: Uint8Array, other: Uint8Array): number {
  const most = Math.min(one.length, other.length)
  let length = 0
  while (length < most && one[length] === other[length]) length++
  return length
}

function commonEnd(one: Uint8Array, other: Uint8Array): number {
  const most = Math.min(one.length, other.length)
  let length = 0
  while (length < most && one[one.length - 1 - length] === other[other.length - 1 - length]) length++
  return length
}
