import type { KeyState } from '@countersign/core'
import type { Colors } from '../terminal.js'
import type { KeyHistory } from './key-history.js'
import { timeAxis } from './time-axis.js'

/** What a picture shows: the keys of one ring, and above them what the vendor did. Moments are in milliseconds. */
export interface Life {
  readonly from: number
  readonly until: number
  /** From where the axis counts, in either direction; from the beginning unless said. */
  readonly now?: number
  readonly rotatedAt: readonly number[]
  readonly dueAt?: readonly number[]
  readonly lostAt: readonly number[]
  readonly keys: readonly KeyHistory[]
}

const MARKS: Readonly<Record<KeyState, string>> = {
  staged: '░',
  active: '█',
  retiring: '▒',
  expired: '·',
  revoked: '·',
}
const ROTATED = '▼'
const DUE = '▽'
const LOST = '×'
const LABEL_WIDTH = 13
const WIDEST_LABEL = 30

/** Where a cell holds several states it shows the most telling, which is seldom the longest. */
const PRECEDENCE: readonly KeyState[] = ['retiring', 'staged', 'active', 'expired', 'revoked']

/** A bar for each key on one axis of time, as lines of at most `width` characters. */
export function lifePicture(life: Life, width: number, colors: Colors): readonly string[] {
  const labelWidth = Math.max(LABEL_WIDTH, ...life.keys.map(({ id }) => Math.min(WIDEST_LABEL, id.length + 2)))
  const cells = width - labelWidth
  const paint = paints(colors)
  const line = (label: string, content: string) =>
    `${colors.dim(fitted(label, labelWidth - 1).padEnd(labelWidth))}${content}`.trimEnd()
  const [ruler, ticks] = timeAxis(life.until - life.from, cells, (life.now ?? life.from) - life.from)
  const lost = markCells([[life.lostAt, LOST]], life, cells)
  const turns = markCells(
    [
      [life.rotatedAt, ROTATED],
      [life.dueAt ?? [], DUE],
    ],
    life,
    cells,
  )
  return [
    ...(turns === '' ? [] : [line('rotated', turns)]),
    ...life.keys.map((key) => line(key.id, bar(key, life, cells, paint))),
    ...(lost === '' ? [] : [line('lost', colors.red(lost))]),
    line('', colors.dim(ruler)),
    line('', colors.dim(ticks)),
  ]
}

const EVENTS = {
  rotated: `${ROTATED} vendor rotates`,
  due: `${DUE} due`,
  lost: `${LOST} lost`,
} as const

/** What the marks mean. */
export function legend(colors: Colors, events: readonly (keyof typeof EVENTS)[] = ['rotated', 'lost']): string {
  const paint = paints(colors)
  const states = (['staged', 'active', 'retiring', 'expired'] as const).map(
    (state) => `${paint[state](MARKS[state].repeat(2))} ${state}`,
  )
  const marks = events.map((event) => (event === 'lost' ? colors.red(LOST) + EVENTS.lost.slice(1) : EVENTS[event]))
  return [...states, ...marks].join('   ')
}

type Paints = Readonly<Record<KeyState, (text: string) => string>>

export function paints(colors: Colors): Paints {
  return {
    staged: colors.cyan,
    active: colors.green,
    retiring: colors.yellow,
    expired: colors.dim,
    revoked: colors.dim,
  }
}

function fitted(label: string, width: number): string {
  return label.length > width ? `${label.slice(0, width - 1)}…` : label
}

function bar({ stretches }: KeyHistory, { from, until }: Life, cells: number, paint: Paints): string {
  const cellMs = (until - from) / cells
  const states = Array.from({ length: cells }, (_, cell) => {
    const start = from + cell * cellMs
    const here = stretches.filter((stretch) => stretch.from < start + cellMs && start < stretch.until)
    return PRECEDENCE.find((state) => here.some((stretch) => stretch.state === state))
  })
  return runs(states)
    .map(([state, length]) => (state === undefined ? ' '.repeat(length) : paint[state](MARKS[state].repeat(length))))
    .join('')
    .trimEnd()
}

/** Neighbours that are alike are painted together. */
function runs(states: readonly (KeyState | undefined)[]): readonly [KeyState | undefined, number][] {
  const found: [KeyState | undefined, number][] = []
  for (const state of states) {
    const last = found.at(-1)
    if (last !== undefined && last[0] === state) last[1] += 1
    else found.push([state, 1])
  }
  return found
}

/** A row with a mark at each moment. Of two in one cell the later in the list stands. */
function markCells(
  marks: readonly (readonly [moments: readonly number[], mark: string])[],
  { from, until }: Pick<Life, 'from' | 'until'>,
  cells: number,
): string {
  const row = Array.from({ length: cells }, () => ' ')
  for (const [moments, mark] of marks) {
    for (const moment of moments)
      row[Math.min(cells - 1, Math.floor(((moment - from) / (until - from)) * cells))] = mark
  }
  return row.join('').trimEnd()
}
