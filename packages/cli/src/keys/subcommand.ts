import { type Command, Option } from 'commander'
import { printJson } from '../print-json.js'
import type { ProviderFlags } from '../provider-option.js'
import { PROVIDERS } from '../providers.js'
import { repeatable } from '../repeatable.js'
import { type StoreFlags, storeOptions } from '../store/open-store.js'
import type { Terminal } from '../terminal.js'
import { nowOption } from '../time-option.js'

/** What every command of `keys` takes. */
export interface KeysFlags extends StoreFlags, ProviderFlags {
  readonly json?: true
  /** Milliseconds since the epoch. */
  readonly now?: number
}

/** Adds the store, `--json`, and to the help what the exit codes mean, and examples. */
export function commonOptions(command: Command, examples: readonly string[]): Command {
  return storeOptions(command)
    .option('--json', 'print one JSON document; moments are in milliseconds since the epoch')
    .addHelpText(
      'after',
      `\n${EXIT_CODES}\n\nExamples:\n${examples.map((line) => `  countersign keys ${line}`).join('\n')}`,
    )
}

const EXIT_CODES = `Exit code: 0 done, 1 not confirmed, 2 the command was not understood, 3 the
store does not answer, or the vendor's rules or the ring forbid it.`

/** Adds `--provider` and `--option`, in the words of rotation. */
export function ringProviderOptions(command: Command): Command {
  return command
    .addOption(
      new Option('-p, --provider <id>', "by whose rules keys rotate (default: the ring's name, if it is one)").choices(
        PROVIDERS.map(({ id }) => id),
      ),
    )
    .option('-o, --option <name=value>', 'an option of the provider, repeatable', repeatable)
}

/** For commands that only look. */
export function presentOption(command: Command): Command {
  return command.addOption(nowOption())
}

/** One JSON document, or text. */
export function print(
  { stdout }: Terminal,
  { json }: Pick<KeysFlags, 'json'>,
  document: unknown,
  text: () => string,
): void {
  if (json) printJson(stdout, document)
  else stdout.write(`${text()}\n`)
}
