import { parseArgs } from 'node:util'
import { RUNTIMES } from './runtimes.mjs'

const USAGE = `npm run test:runtimes [-- [options] [runtime...]]

Runs one suite in every runtime, or in those that are named, and compares the verdicts to the letter.
The first of the list is the one that the others are compared with: it runs in any case.

Runtimes: ${RUNTIMES.map(({ name }) => name).join(', ')}

  --seed <number>          another corpus (default 1)
  --count <number>         deliveries of each provider (default 2080)
  --delivery <id>          one delivery only, such as autify/12, and all about it
  --help                   this text`

/** @returns {{ runtimes: typeof RUNTIMES, wanted: { seed: number, count: number, only?: string } } | undefined} */
export function optionsOf(args) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      seed: { type: 'string', default: '1' },
      count: { type: 'string', default: '2080' },
      delivery: { type: 'string' },
      help: { type: 'boolean' },
    },
  })
  if (values.help) {
    console.log(USAGE)
    return undefined
  }
  const [seed, count] = [Number(values.seed), Number(values.count)]
  if (!Number.isInteger(seed) || !(count > 0)) throw new Error(`--seed and --count are numbers\n\n${USAGE}`)
  const { delivery } = values
  if (delivery !== undefined && !/^[a-z-]+\/\d+$/.test(delivery))
    throw new Error(`no such delivery: ${delivery}\n\n${USAGE}`)
  const unknown = positionals.filter((name) => !RUNTIMES.some((runtime) => runtime.name === name))
  if (unknown.length > 0) throw new Error(`no such runtime: ${unknown.join(', ')}\n\n${USAGE}`)
  const isWanted = ({ name }, index) => index === 0 || positionals.length === 0 || positionals.includes(name)
  return { runtimes: RUNTIMES.filter(isWanted), wanted: { seed, count, only: delivery } }
}
