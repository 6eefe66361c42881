import type { Judgement } from '../goals.js'
import type { Results } from '../results.js'
import { HTTP_VERSIONS, PEER_VERSIONS } from '../versions.js'
import { bundleTable, partsTable } from './bundle-table.js'
import { goalsTable } from './goals-table.js'
import { httpTables } from './http-tables.js'
import { importTables } from './import-tables.js'
import { installTable } from './install-table.js'
import { peersTable } from './peers-table.js'
import { profileTables } from './profile-table.js'
import { ringTables } from './ring-tables.js'
import { speedTables, wayTables } from './speed-tables.js'
import { renderTable, type Table } from './table.js'
import { webTables } from './web-tables.js'

/** A table for each thing that was measured: what decides first, then what stands beside it. */
export function resultTables({ nodes, web, bundles, parts, installs }: Results): Table[] {
  const ofEach = [speedTables, wayTables, ringTables, profileTables, importTables, httpTables]
  return [
    ...ofEach.flatMap((tables) => nodes.flatMap(tables)),
    ...(web ?? []).flatMap(webTables),
    ...(bundles ? [bundleTable(bundles)] : []),
    ...(parts ? [partsTable(parts)] : []),
    ...(installs ? [installTable(installs)] : []),
  ]
}

/** The page that a stranger reads. */
export function renderResults(results: Results, judgements: readonly Judgement[]): string {
  const tables = [goalsTable(judgements), peersTable(), ...resultTables(results)]
  return `${[heading(results), ...tables.map(renderTable)].join('\n\n')}\n`
}

function heading({ date, machine, nodes, web = [] }: Results): string {
  const { cpu, cores, memoryGib, os, load } = machine
  const runtimes = [
    ...nodes.map(({ version }) => `Node ${version}`),
    ...web.map(({ runtime, version }) => `${runtime} ${version}`),
  ]
  const versions = (packages: Record<string, string>) =>
    Object.entries(packages)
      .map(([name, version]) => `${name} ${version}`)
      .join(', ')
  return `# What a verification costs

Written by \`npm run bench\`, and never by hand. [How it is measured](README.md), and how to repeat it.

- Date: ${date.slice(0, 10)}
- Machine: ${cpu}, ${cores} cores, ${memoryGib} GiB, ${os}; load average before the run: ${load.toFixed(1)}
- Runtimes: ${runtimes.join(', ')}; the first decides, the others stand beside it
- Peers: ${versions(PEER_VERSIONS)}
- Servers and load: ${versions(HTTP_VERSIONS)}

All contenders run in one process and take turns within each round, in an order that is drawn anew; those of one verification and
of rings of keys by the first Node in two more processes. A figure is the median, over the rounds of all processes, of the ratio to one
\`createHmac(hash, KeyObject).update(body).digest()\` of the same hash in the same round; in brackets are the quartiles. Garbage is
collected when Node sees fit. Ours is the whole of \`await verifier.verify({ headers, body })\`; a peer's is its whole public call, in
its own scheme, on equal bytes. Each has judged a good and a bad signature rightly before it is timed.

![Bar chart: one verification of 1 KiB, in times of one createHmac](chart.svg)`
}
