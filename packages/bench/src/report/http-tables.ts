import { cpuAdded } from '../figures.js'
import type { NodeResults } from '../results.js'
import { FRAMEWORKS, httpId, modesOf } from '../sections/http.js'
import { summarise } from '../statistics.js'
import type { Table } from './table.js'

const NAMES = { node: 'node:http', express: 'Express', fastify: 'Fastify', hono: 'Hono' }
const DOES = {
  read: 'reads the body',
  floor: 'and hashes twice: the floor',
  byHand: 'and verifies by hand',
  verify: 'and verifies',
  receiver: 'is a receiver of `@countersign/http`',
}

export function httpTables({ version, http }: NodeResults): Table[] {
  if (!http) return []
  return [
    {
      title: `Requests of 1 KiB, with and without verification: Node ${version}`,
      notes: [
        "Ten connections on loopback from another process. Processor time is the server's own, user and system. Verified is a delivery of Global Commerce. The last column: the share that is added to reading the body alone.",
      ],
      head: ['', 'what the server does', 'requests/s', 'us of processor a request', 'added, % of the whole'],
      rows: FRAMEWORKS.flatMap((framework) =>
        modesOf(framework).map((mode) => {
          const { perSecond, cpuMicroseconds } = http[httpId(framework, mode)] ?? { perSecond: [], cpuMicroseconds: [] }
          const rate = summarise(perSecond)
          const cpu = summarise(cpuMicroseconds)
          const added = mode === 'read' ? undefined : cpuAdded(http, framework, mode)
          return [
            NAMES[framework],
            DOES[mode],
            `${Math.round(rate.median)} (${Math.round(rate.lower)}-${Math.round(rate.upper)})`,
            `${cpu.median.toFixed(1)} (${cpu.lower.toFixed(1)}-${cpu.upper.toFixed(1)})`,
            added ? `${added.median.toFixed(0)} (${added.lower.toFixed(0)}-${added.upper.toFixed(0)})` : '',
          ]
        }),
      ),
    },
  ]
}
