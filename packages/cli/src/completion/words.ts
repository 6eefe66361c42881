import type { Command, Option } from 'commander'

/** A command, as far as completing needs it. */
export interface CommandWords {
  /** The names from the program down, without its own: `keys list`. */
  readonly path: readonly string[]
  readonly subcommands: readonly Named[]
  readonly options: readonly OptionWords[]
  /** What stands behind the command: files, one of a few, or what nobody can know. */
  readonly argument: Values
}

interface Named {
  readonly name: string
  readonly description: string
}

export interface OptionWords {
  readonly names: readonly string[]
  readonly description: string
  /** Undefined where the option takes none. */
  readonly values: Values | undefined
}

export type Values = 'files' | 'anything' | readonly string[]

/** All commands there are, the program itself first. */
export function commandWords(program: Command): readonly CommandWords[] {
  const inside = (command: Command, path: readonly string[]): CommandWords[] => {
    const subcommands = command
      .createHelp()
      .visibleCommands(command)
      .filter((sub) => sub.name() !== 'help')
    return [wordsOf(command, subcommands, path), ...subcommands.flatMap((sub) => inside(sub, [...path, sub.name()]))]
  }
  return inside(program, [])
}

function wordsOf(command: Command, subcommands: readonly Command[], path: readonly string[]): CommandWords {
  const [argument] = command.registeredArguments
  return {
    path,
    subcommands: subcommands.map((sub) => ({ name: sub.name(), description: sub.summary() || sub.description() })),
    options: command.createHelp().visibleOptions(command).map(optionWords),
    argument: argument === undefined ? [] : valuesOf(argument.name(), argument.argChoices),
  }
}

function optionWords({ short, long, description, required, optional, argChoices, flags }: Option): OptionWords {
  const names = [short, long].filter((name) => name !== undefined)
  const [placeholder = ''] = /[<[].*/.exec(flags) ?? []
  return { names, description, values: required || optional ? valuesOf(placeholder, argChoices) : undefined }
}

function valuesOf(placeholder: string, choices: readonly string[] | undefined): Values {
  return choices ?? (/path|folder|request|file/.test(placeholder) ? 'files' : 'anything')
}
