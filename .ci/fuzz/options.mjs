import { parseArgs } from 'node:util'

const USAGE = `npm run test:fuzz [-- options]      20,000 runs of each property
npm run fuzz [-- options]           1,000,000, for a night

Tries parsers and encoders with texts that are random, or nearly right. Each property has a name; a failure is printed
as small as it can be made, with what to pass in order to see it again.

  --runs <number>     runs of each property
  --seed <number>     the same texts again (default: another seed each time)
  --only <name>       this property, or all whose names begin so; may be repeated
  --path <path>       this very text: as a failure prints it, with --seed and --only
  --workers <number>  processors to use (default: 2)
  --list              the names
  --help              this text`

/** The options, or undefined where the usage was asked for and printed. @throws Error with the usage. */
export function optionsOf(args) {
  const { values } = parse(args)
  if (values.help) return void console.log(USAGE)
  const { runs, seed, only = [], path, workers, list = false } = values
  return {
    runs: numberOf('runs', runs, 1),
    // fast-check takes 32 bits; without the sign they pass for no option.
    seed: numberOf('seed', seed ?? Math.floor(Math.random() * 0x8000_0000), 0),
    workers: numberOf('workers', workers, 1),
    only,
    path,
    list,
  }
}

function parse(args) {
  const text = { type: 'string' }
  try {
    return parseArgs({
      args,
      options: {
        runs: { ...text, default: '20000' },
        seed: text,
        only: { ...text, multiple: true },
        path: text,
        workers: { ...text, default: '2' },
        list: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    })
  } catch (error) {
    throw new Error(`${error.message}\n\n${USAGE}`)
  }
}

function numberOf(name, text, least) {
  const number = Number(text)
  if (Number.isInteger(number) && number >= least && number <= 0x7fff_ffff) return number
  throw new Error(`--${name} is a whole number, not '${text}'\n\n${USAGE}`)
}
