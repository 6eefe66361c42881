import { arch, cpus, release, totalmem, type } from 'node:os'
import { GOALS, judge } from './goals.js'
import { measureInChild } from './in-child.js'
import { installedPeers } from './installed-peers.js'
import type { Machine } from './machine.js'
import { goalsTable } from './report/goals-table.js'
import { ringTables } from './report/ring-tables.js'
import { speedTables } from './report/speed-tables.js'
import { storeTable } from './report/store-table.js'
import { renderTable } from './report/table.js'
import type { NodeResults, Results } from './results.js'

const SECTIONS = {
  speed: 'ours and the peers, bodies of 200 B to 8 MiB',
  rings: 'rings of 1, 2 and 5 keys, both slots, malformed headers',
} as const
type Section = keyof typeof SECTIONS

/** Asserted by nothing, and in no results: it needs servers. */
const STORES = 'stores'

const USAGE = `npm run bench [-- SECTION...]

Measures everything on Node 24 and 20, prints it, and writes packages/bench/RESULTS.md and chart.svg. With sections named,
measures those alone, prints them, and writes nothing.

${Object.entries(SECTIONS)
  .map(([name, about]) => `  ${name.padEnd(10)} ${about}`)
  .join('\n')}

  ${STORES.padEnd(10)} claims on Redis and PostgreSQL, whose servers have to be installed; only where it is named`

/** @returns the exit code: 1 where a goal does not hold. */
export async function bench(args: readonly string[], machine: Machine): Promise<number> {
  if (args.includes('--help')) {
    console.log(USAGE)
    return 0
  }
  const unknown = args.filter((name) => !(name in SECTIONS) && name !== STORES)
  if (unknown.length > 0) {
    console.error(`Unknown: ${unknown.join(', ')}\n\n${USAGE}`)
    return 2
  }
  if (args.includes(STORES)) {
    const { measureStores } = await import('./sections/stores.js')
    console.log(renderTable(storeTable(await measureStores())))
  }
  const sections = (args.length > 0 ? args.filter((name) => name !== STORES) : Object.keys(SECTIONS)) as Section[]
  if (sections.length === 0) return 0
  const results = await measure(sections, machine)
  const tables = results.nodes.flatMap((node) => [...speedTables(node), ...ringTables(node)])
  const judgements = GOALS.map((goal) => judge(goal, results))
  const measured = judgements.filter(({ worst }) => worst !== undefined)
  console.log([goalsTable(measured), ...tables].map(renderTable).join('\n\n'))
  return measured.every(({ holds }) => holds) ? 0 : 1
}

async function measure(sections: readonly Section[], machine: Machine): Promise<Results> {
  const peers = await installedPeers(machine)
  const nodes: NodeResults[] = []
  for (const major of ['24', '20']) {
    const node = await machine.node(major)
    const found: Record<string, unknown> = {}
    for (const section of sections) {
      console.error(`Node ${major}: ${section}`)
      found[section] = await measureInChild(node, section, { repository: machine.root, peers })
    }
    nodes.push({ version: await measureInChild<string>(node, 'version', {}), ...found })
  }
  return { date: new Date().toISOString(), machine: thisMachine(), nodes }
}

function thisMachine(): Results['machine'] {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGib: Math.round(totalmem() / 2 ** 30),
    os: `${type()} ${release()} ${arch()}`,
  }
}
