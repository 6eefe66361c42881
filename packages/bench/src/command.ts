import { writeFileSync } from 'node:fs'
import { arch, cpus, loadavg, release, totalmem, type } from 'node:os'
import { join } from 'node:path'
import { GOALS, type Judgement, judge } from './goals.js'
import type { Machine } from './machine.js'
import { renderChart } from './report/chart.js'
import { goalsTable } from './report/goals-table.js'
import { renderResults, resultTables } from './report/results-page.js'
import { storeTable } from './report/store-table.js'
import { renderTable } from './report/table.js'
import type { Results } from './results.js'
import { measureSections, SECTIONS, type Section } from './sections.js'

/** In no results, and with no goal: it needs servers. */
const STORES = 'stores'

const list = (entries: readonly (readonly [string, string])[]) =>
  entries.map(([name, about]) => `  ${name.padEnd(9)}${about}`).join('\n')

const USAGE = `npm run bench [-- SECTION...]

Measures everything with Node 24 and Node 20, prints it, and writes packages/bench/RESULTS.md and chart.svg. With sections
named, measures those alone, prints them and writes nothing. Exits with 1 where a goal does not hold.

${list(Object.entries(SECTIONS))}

Only where it is named:
${list([[STORES, 'claims on Redis and PostgreSQL, whose servers have to be installed']])}`

/** @returns the exit code. */
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
  if (args.includes(STORES)) await stores()
  const named = args.filter((name) => name !== STORES) as Section[]
  if (args.length > 0 && named.length === 0) return 0
  return sections(named, machine)
}

async function stores(): Promise<void> {
  // Loads the clients of the databases.
  const { measureStores } = await import('./sections/stores.js')
  console.log(renderTable(storeTable(await measureStores())))
}

/** None named: all of them, and their results are written. */
async function sections(named: readonly Section[], machine: Machine): Promise<number> {
  const isWhole = named.length === 0
  // Before it is kept busy by what follows.
  const before = thisMachine()
  const measured = await measureSections(isWhole ? (Object.keys(SECTIONS) as Section[]) : named, machine)
  const results = { date: new Date().toISOString(), machine: before, ...measured }
  const judgements = GOALS.map((goal) => judge(goal, results)).filter(({ worst }) => isWhole || worst)
  const goals = judgements.length > 0 ? [goalsTable(judgements)] : []
  console.log([...resultTables(results), ...goals].map(renderTable).join('\n\n'))
  if (isWhole) write(results, judgements, machine.root)
  const failed = judgements.filter(({ holds }) => !holds)
  for (const { goal } of failed) console.error(`does not hold: ${goal.title}`)
  return failed.length > 0 ? 1 : 0
}

function write(results: Results, judgements: readonly Judgement[], root: string): void {
  const folder = join(root, 'packages', 'bench')
  // What went wrong may name the folders of this machine, which are nobody's business.
  const page = renderResults(results, judgements).replaceAll(`${root}/`, '')
  writeFileSync(join(folder, 'RESULTS.md'), page)
  writeFileSync(join(folder, 'chart.svg'), renderChart(results))
  console.log('\nwritten: packages/bench/RESULTS.md, packages/bench/chart.svg')
}

function thisMachine(): Results['machine'] {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGib: Math.round(totalmem() / 2 ** 30),
    os: `${type()} ${release()} ${arch()}`,
    load: loadavg()[0] ?? 0,
  }
}
