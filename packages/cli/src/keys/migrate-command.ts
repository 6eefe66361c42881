import { Command, InvalidArgumentError, Option } from 'commander'
import { type StoreFlags, storeOptions, withRecords } from '../store/open-store.js'
import type { Terminal } from '../terminal.js'
import { print } from './subcommand.js'

interface MigrateFlags extends StoreFlags {
  readonly json?: true
  readonly printSql?: true
}

/** `countersign keys migrate` */
export function migrateCommand(terminal: Terminal): Command {
  const command = new Command('migrate')
    .summary('create the tables of a PostgreSQL store')
    .description(
      'Creates what is missing of the schema and its tables. What is there stays as it is. It needs no master key.',
    )
    .option('--print-sql', 'print the SQL instead, for whoever runs it')
  return storeOptions(command)
    .addOption(new Option('--json', 'print one JSON document').conflicts('printSql'))
    .addHelpText('after', HELP)
    .action((flags: MigrateFlags) => (flags.printSql ? printSql(flags, terminal) : migrate(flags, terminal)))
}

const HELP = `
Exit code: 0 done, 2 the command was not understood, 3 the store does not
answer.

Examples:
  countersign keys migrate --store postgres://admin@localhost/webhooks
  countersign keys migrate --print-sql | psql webhooks`

async function migrate(flags: MigrateFlags, terminal: Terminal): Promise<void> {
  await withRecords(flags, terminal, async (records, { shown }) => {
    if (records.migrate === undefined) throw new InvalidArgumentError(`${shown} has no tables: it is ready as it is`)
    await records.migrate()
    print(terminal, flags, { ok: true, store: shown }, () => `✔ ${shown} has its tables`)
  })
}

/** Without a store: the database may be one that only somebody else can reach. */
async function printSql({ storeSchema }: MigrateFlags, { stdout }: Terminal): Promise<void> {
  const { schemaSql } = await import('@countersign/postgres')
  stdout.write(schemaSql(storeSchema))
}
