import { BY_HAND } from '../by-hand/index.js'
import type { Contender } from '../contender.js'
import { sizeOf, timesOurs, timesReference } from '../figures.js'
import { WAYS } from '../other-ways.js'
import { OURS } from '../ours.js'
import { PEERS } from '../peers/index.js'
import { FLOOR, REFERENCE, TEXTBOOK } from '../references.js'
import type { NodeResults } from '../results.js'
import type { SpeedResult } from '../sections/speed.js'
import { median } from '../statistics.js'
import { nanosecondsText, sizeText, summaryText } from './numbers.js'
import type { Table } from './table.js'

export function speedTables({ version, speed }: NodeResults): Table[] {
  if (!speed) return []
  return [ratioTable(version, speed), oursTable(version, speed)]
}

/** Other ways to call ours. */
export function wayTables({ version, ways }: NodeResults): Table[] {
  if (!ways) return []
  const { head, row } = columns(ways)
  const notes = ['In a process of their own, and the plain ones of the same vendors beside them.', ...notRun(ways)]
  return [{ title: `Other ways, in times of one createHmac: Node ${version}`, notes, head, rows: WAYS.map(row) }]
}

function ratioTable(version: string, speed: SpeedResult): Table {
  const { head, row } = columns(speed)
  const ofReference = (id: string) =>
    speed.sizes.map(({ samples }) => nanosecondsText(median(samples[id] ?? [Number.NaN])))
  return {
    title: `One verification, in times of one createHmac: Node ${version}`,
    notes: [
      'Medians of ratios round by round, the quartiles in brackets. The first two rows are what is measured by, in time.',
    ],
    head,
    rows: [
      ['`createHmac(sha1, KeyObject)`', ...ofReference(REFERENCE.sha1)],
      ['`createHmac(sha256, KeyObject)`', ...ofReference(REFERENCE.sha256)],
      row({
        id: FLOOR.sha1,
        title: 'the floor, SHA-1: two one-shot hashes, `timingSafeEqual`, one promise',
        hash: 'sha1',
      }),
      row({ id: FLOOR.sha256, title: 'the floor, SHA-256', hash: 'sha256' }),
      ...BY_HAND.map(row),
      row({ id: TEXTBOOK, title: 'the textbook: MAC, decode, `timingSafeEqual`', hash: 'sha256' }),
      ...OURS.map((one) => row({ ...one, title: `**${one.title}**` })),
      ...PEERS.map(row),
    ],
  }
}

/** A column for each size. */
function columns({ sizes }: SpeedResult) {
  const row = ({ id, title, hash }: Pick<Contender, 'id' | 'title' | 'hash'>) => [
    title,
    ...sizes.map(({ samples }) => summaryText(timesReference(samples, id, hash))),
  ]
  return { head: ['', ...sizes.map(({ bytes }) => sizeText(bytes))], row }
}

function oursTable(version: string, speed: SpeedResult): Table {
  const sizes = speed.sizes.map(({ bytes }) => bytes)
  return {
    title: `Each peer, in times of ours: Node ${version}`,
    notes: [
      'Beside AgilePoint (SHA-256 of the raw body), or Global Commerce where the peer has a timestamp under its MAC.',
      ...notRun(speed),
    ],
    head: ['', 'beside', ...sizes.map(sizeText)],
    rows: PEERS.map((peer) => [
      peer.title,
      peer.isStamped ? 'Global Commerce' : 'AgilePoint',
      ...sizes.map((bytes) => summaryText(timesOurs(sizeOf(speed, bytes), peer))),
    ]),
  }
}

const notRun = ({ left }: SpeedResult) => Object.entries(left).map(([id, why]) => `Not run: ${id}: ${why}`)
