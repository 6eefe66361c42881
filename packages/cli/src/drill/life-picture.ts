import type { KeyState } from '@countersign/core'
import type { Colors } from '../terminal.js'
import type { KeyHistory } from './history.js'
import { timeAxis } from './time-axis.js'

/** What a picture shows: the keys of one ring, and above them what the vendor did. */
export interface Life {
  readonly from: number
  readonly until: number
  readonly rotatedAt: readonly number[]
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
const LOST = '×'
const LABEL_WIDTH = 13

/** Where a cell holds several states it shows the most telling, which is seldom the longest. */
const PRECEDENCE: readonly KeyState[] = ['retiring', 'staged', 'active', 'expired', 'revoked']

/** A bar for each key on one axis of time, as lines of at most `width` characters. */
export function lifePicture(life: Life, width: number, colors: Colors): readonly string[] {
  const cells = width - LABEL_WIDTH
  const paint = paints(colors)
  const [ruler, ticks] = timeAxis(life.until - life.from, cells)
  const events = (moments: readonly number[], mark: string) => markCells(moments, mark, life, cells)
  const lost = life.lostAt.length === 0 ? [] : [line('lost', colors.red(events(life.lostAt, LOST)), colors)]
  return [
    line('rotated', events(life.rotatedAt, ROTATED), colors),
    ...life.keys.map((key) => line(key.id, bar(key, life, cells, paint), colors)),
    ...lost,
    line('', colors.dim(ruler), colors),
    line('', colors.dim(ticks), colors),
  ]
}

/** What the marks mean. */
export function legend(colors: Colors): string {
  const paint = paints(colors)
  const states = (['staged', 'active', 'retiring', 'expired'] as const).map(
    (state) => `${paint[state](MARKS[state].repeat(2))} ${state}`,
  )
  return [...states, `${ROTATED} vendor rotates`, `${colors.red(LOST)} lost`].join('   ')
}

type Paints = Readonly<Record<KeyState, (text: string) => string>>

function paints(colors: Colors): Paints {
  return {
    staged: colors.cyan,
    active: colors.green,
    retiring: colors.yellow,
    expired: colors.dim,
    revoked: colors.dim,
  }
}

function line(label: string, content: string, colors: Colors): string {
  return `${colors.dim(label.padEnd(LABEL_WIDTH))}${content}`.trimEnd()
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

function markCells(moments: readonly number[], mark: string, { from, until }: Life, cells: number): string {
  const row = Array.from({ length: cells }, () => ' ')
  for (const moment of moments) row[Math.min(cells - 1, Math.floor(((moment - from) / (until - from)) * cells))] = mark
  return row.join('').trimEnd()
}
