import type { Mark, Span } from './byte-diff.js'

export const ROW_BYTES = 16

/** Neighbouring bytes of a row that are marked alike, in hex and as text. Without bytes: the place of those that are elsewhere. */
export interface Run {
  readonly hex: string
  readonly text: string
  readonly mark: Mark | undefined
}

export interface HexRow {
  readonly offset: string
  /** Two halves of eight bytes: what is too wide is broken between them. */
  readonly halves: readonly (readonly Run[])[]
}

/** Where bytes are marked, in order and apart from each other; an empty span marks the place before its offset. */
export interface MarkedSpan extends Span {
  readonly mark: Mark
}

/** So many rows from a row on, fewer at the end. Only what is asked for is looked at: bodies are long. */
export function hexRows(
  bytes: Uint8Array,
  firstRow: number,
  count: number,
  marked: readonly MarkedSpan[] = [],
): readonly HexRow[] {
  const rows: HexRow[] = []
  const end = Math.min(rowCount(bytes), firstRow + count)
  for (let row = firstRow; row < end; row++) {
    const from = row * ROW_BYTES
    const halves = [from, from + ROW_BYTES / 2].map((start) => runs(bytes, start, start + ROW_BYTES / 2, marked))
    rows.push({ offset: from.toString(16).padStart(4, '0'), halves: halves.filter((half) => half.length > 0) })
  }
  return rows
}

export function rowCount(bytes: Uint8Array): number {
  return Math.ceil(bytes.length / ROW_BYTES)
}

function runs(bytes: Uint8Array, from: number, to: number, marked: readonly MarkedSpan[]): readonly Run[] {
  const here = marked.filter((span) => span.from <= to && from <= span.to)
  const gapAt = (offset: number) => here.find((span) => span.from === span.to && span.from === offset)
  const found: Run[] = []
  for (const [index, byte] of bytes.subarray(from, to).entries()) {
    const offset = from + index
    const gap = gapAt(offset)
    if (gap !== undefined) found.push({ hex: '', text: '', mark: gap.mark })
    append(found, byte, here.find((span) => span.from <= offset && offset < span.to)?.mark, gap !== undefined)
  }
  const gap = from < bytes.length && bytes.length <= to ? gapAt(bytes.length) : undefined
  return gap === undefined ? found : [...found, { hex: '', text: '', mark: gap.mark }]
}

/** Adds a byte, to the last run where that is marked alike. */
function append(found: Run[], byte: number, mark: Mark | undefined, isApart: boolean): void {
  const hex = byte.toString(16).padStart(2, '0')
  const text = characterOf(byte)
  const last = found.at(-1)
  if (last === undefined || isApart || last.hex === '' || last.mark !== mark) found.push({ hex, text, mark })
  else found[found.length - 1] = { hex: `${last.hex} ${hex}`, text: last.text + text, mark }
}

/** What invisible bytes are shown as. Line ends are what most often differs. */
const SHOWN: Readonly<Record<number, string>> = { 9: '→', 10: '↵', 13: '←' }

function characterOf(byte: number): string {
  return SHOWN[byte] ?? (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·')
}
