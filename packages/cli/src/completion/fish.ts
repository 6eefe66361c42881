import type { CommandWords, OptionWords } from './words.js'

export function fishScript(name: string, commands: readonly CommandWords[]): string {
  const lines = commands.flatMap((command) => fishLines(name, command))
  return `# fish completion of ${name}
# The commands on the line so far: options and their values are left out where they are no commands.
function __${name}_at
  set -l path
  for word in (commandline -opc)[2..]
    if contains -- (string join -- ' ' $path $word) ${commands.flatMap(({ path }) => (path.length > 0 ? [fishQuoted(path.join(' '))] : [])).join(' ')}
      set -a path $word
    end
  end
  test "$path" = "$argv"
end
complete -c ${name} -f
${lines.join('\n')}
`
}

function fishLines(name: string, { path, subcommands, options, argument }: CommandWords): string[] {
  const here = `complete -c ${name} -n ${fishQuoted([`__${name}_at`, ...path].join(' '))}`
  const files = argument === 'files' ? [`${here} -F`] : []
  const choices = Array.isArray(argument) && argument.length > 0 ? [`${here} -a ${fishQuoted(argument.join(' '))}`] : []
  const names = subcommands.map((sub) => `${here} -a ${sub.name} -d ${fishQuoted(sub.description)}`)
  return [...files, ...choices, ...names, ...options.map((option) => `${here}${optionFlags(option)}`)]
}

function optionFlags({ names, description, values }: OptionWords): string {
  const flags = names.map((name) => (name.startsWith('--') ? ` -l ${name.slice(2)}` : ` -s ${name.slice(1)}`)).join('')
  return `${flags}${valueFlags(values)} -d ${fishQuoted(description)}`
}

function valueFlags(values: OptionWords['values']): string {
  if (values === undefined) return ''
  if (values === 'files') return ' -r -F'
  return values === 'anything' ? ' -x' : ` -x -a ${fishQuoted(values.join(' '))}`
}

/** fish has escapes within single quotes. */
function fishQuoted(text: string): string {
  return `'${text.replace(/['\\]/g, (character) => `\\${character}`)}'`
}
