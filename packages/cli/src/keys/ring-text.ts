import type { Keyring } from '@countersign/core'
import { type Life, legend, lifePicture } from '../picture/life-picture.js'
import { plainTable } from '../picture/plain-table.js'
import type { Colors } from '../terminal.js'
import type { KeyRow } from './key-row.js'
import { ringLife } from './ring-life.js'
import { type DueRotation, dueText } from './schedule.js'
import { painted } from './state-colors.js'
import { localTime, relative } from './when.js'

/** A ring as it is told of. */
export interface RingReport {
  readonly name: string
  readonly version: string
  readonly ring: Keyring
  readonly rows: readonly KeyRow[]
  /** Undefined where it is not known whose keys these are. */
  readonly due: DueRotation | undefined
}

/** A table of the keys, and the picture of their lives. */
export function ringText(report: RingReport, now: number, width: number, colors: Colors): string {
  const { name, version, ring, rows, due } = report
  const count = `${rows.length} ${rows.length === 1 ? 'key' : 'keys'}`
  const lines = [`${colors.bold(name)}  ${count}, version ${version}`, ...(due ? [dueText(due, now, colors)] : [])]
  if (rows.length === 0) return lines.join('\n')
  const life = ringLife(ring, now, due?.isPeriodic ? due.at : undefined)
  return [
    ...lines,
    '',
    keyTable(rows, now, colors),
    '',
    ...lifePicture(life, width, colors),
    '',
    legend(colors, eventsOf(life)),
  ].join('\n')
}

function eventsOf({ rotatedAt, dueAt = [] }: Life): readonly ('rotated' | 'due')[] {
  return [...(rotatedAt.length > 0 ? (['rotated'] as const) : []), ...(dueAt.length > 0 ? (['due'] as const) : [])]
}

/** Two lines a key: how long ago or how soon, and beneath it when. */
function keyTable(rows: readonly KeyRow[], now: number, colors: Colors): string {
  const head = ['key', 'state', 'since', 'until', 'last matched'].map((text) => colors.dim(text))
  const moment = (at: number | undefined) => {
    return at === undefined ? '-' : `${relative(at, now)}\n${colors.dim(localTime(at, now))}`
  }
  const cells = rows.map(({ id, slot, state, since, until, lastUsed }) => [
    slot === undefined ? id : `${id}\n${colors.dim(`slot ${slot}`)}`,
    painted(state, colors),
    moment(since),
    moment(until),
    moment(lastUsed),
  ])
  return plainTable([head, ...cells])
}
