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

/** Beyond so many differing bytes a comparison of the whole takes long. */
const MOST_EDITS = 1000
/** How many bytes of either side are compared at a time where the whole is not. */
const WINDOW_BYTES = 512
/** Differences beyond are told as one: nobody reads so far. */
const MOST_CHANGES = 1000

/** How what arrived differs from what was signed, in order. Of what has little in common: one change, of all that is left. */
export function byteDiff(arrived: Uint8Array, signed: Uint8Array): readonly ByteChange[] {
  const start = commonStart(arrived, signed)
  const end = commonEnd(arrived.subarray(start), signed.subarray(start))
  const before = { arrived: start, signed: start }
  const middle = {
    arrived: arrived.subarray(start, arrived.length - end),
    signed: signed.subarray(start, signed.length - end),
  }
  const pieces = diffArrays([...middle.signed], [...middle.arrived], { maxEditLength: MOST_EDITS })
  return pieces === undefined ? windowedDiff(middle, before) : changesOf(pieces, before)
}

interface Sides {
  readonly arrived: Uint8Array
  readonly signed: Uint8Array
}

/** An offset in either side. */
interface Offsets {
  readonly arrived: number
  readonly signed: number
}

/** A window at a time. A body that was indented anew differs in far more bytes than a diff of the whole can take. */
function windowedDiff({ arrived, signed }: Sides, before: Offsets): readonly ByteChange[] {
  const changes: ByteChange[] = []
  const at = { arrived: 0, signed: 0 }
  const here = (): Offsets => ({ arrived: before.arrived + at.arrived, signed: before.signed + at.signed })
  while (changes.length < MOST_CHANGES) {
    const same = commonStart(arrived.subarray(at.arrived), signed.subarray(at.signed))
    at.arrived += same
    at.signed += same
    const pieces = agreedPieces(
      diffArrays(
        [...signed.subarray(at.signed, at.signed + WINDOW_BYTES)],
        [...arrived.subarray(at.arrived, at.arrived + WINDOW_BYTES)],
      ),
    )
    if (pieces.length === 0) break
    changes.push(...changesOf(pieces, here()))
    for (const { count, added, removed } of pieces) {
      if (!removed) at.arrived += count
      if (!added) at.signed += count
    }
  }
  const left = { arrived: arrived.length - at.arrived, signed: signed.length - at.signed }
  const rest = [
    { count: left.signed, added: false, removed: true },
    { count: left.arrived, added: true, removed: false },
  ]
  return [...changes, ...changesOf(rest, here())]
}

/** The pieces that do not hang on where the window was cut off: until the sides agree last in the first half of it. */
function agreedPieces(pieces: readonly Piece[]): readonly Piece[] {
  const at = { arrived: 0, signed: 0 }
  let agreed = 0
  for (const [index, { count, added, removed }] of pieces.entries()) {
    const isEarly = Math.max(at.arrived, at.signed) < WINDOW_BYTES / 2
    if (!added && !removed && isEarly) agreed = index + 1
    if (!removed) at.arrived += count
    if (!added) at.signed += count
  }
  return pieces.slice(0, agreed)
}

interface Piece {
  readonly count: number
  readonly added: boolean
  readonly removed: boolean
}

function changesOf(pieces: readonly Piece[], start: Offsets): readonly ByteChange[] {
  const changes: ByteChange[] = []
  const at = { ...start }
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
