import { contender, timesReference } from '../figures.js'
import type { NodeResults } from '../results.js'
import { SCHEMES } from '../schemes.js'
import { MALFORMED_SCHEMES, malformedId, POSITIONS, RING_SCHEMES, RING_SIZES, ringId } from '../sections/rings.js'
import { summaryText } from './numbers.js'
import type { Table } from './table.js'

export function ringTables({ version, rings }: NodeResults): Table[] {
  if (!rings) return []
  const cell = (scheme: keyof typeof SCHEMES, id: string) =>
    summaryText(timesReference(rings, id, SCHEMES[scheme].hash))
  const ring = (scheme: (typeof RING_SCHEMES)[number], size: number) =>
    POSITIONS.map((position) => (size === 1 && position === 'last' ? '' : cell(scheme, ringId(scheme, size, position))))
  return [
    {
      title: `Several keys, 1 KiB, in times of one createHmac: Node ${version}`,
      head: ['', 'keys', ...POSITIONS.map((position) => `match ${position}`)],
      rows: [
        ...RING_SCHEMES.flatMap((scheme) =>
          RING_SIZES.map((size) => [contender(scheme).title, String(size), ...ring(scheme, size)]),
        ),
        [
          'AgilePoint, both slots',
          '2',
          cell('agilepoint', 'agilepoint'),
          cell('agilepoint-secondary', 'agilepoint-secondary'),
          '',
        ],
      ],
    },
    {
      title: `A header that cannot be right, 1 KiB, in times of one createHmac: Node ${version}`,
      notes: ['Its MAC is one character too short.'],
      head: ['', 'refused in'],
      rows: MALFORMED_SCHEMES.map((scheme) => [contender(scheme).title, cell(scheme, malformedId(scheme))]),
    },
  ]
}
