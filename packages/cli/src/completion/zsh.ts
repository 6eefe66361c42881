import { quoted } from './quoted.js'
import type { CommandWords, OptionWords, Values } from './words.js'

export function zshScript(name: string, commands: readonly CommandWords[]): string {
  return `#compdef ${name}
${commands.map((command) => zshFunction(name, command)).join('\n')}
if [ "$funcstack[1]" = "_${name}" ]; then _${name} "$@"; else compdef _${name} ${name}; fi
`
}

function zshFunction(name: string, { path, subcommands, options, argument }: CommandWords): string {
  const specs = options.map(optionSpec)
  if (subcommands.length === 0)
    return `${functionName(name, path)}() {\n  _arguments -s ${[...specs, `'*:argument:${action(argument)}'`].join(' \\\n    ')}\n}`
  const described = subcommands.map((sub) => quoted(`${sub.name}:${sub.description.replaceAll(':', '\\:')}`))
  const calls = subcommands.map((sub) => `      ${sub.name}) ${functionName(name, [...path, sub.name])} ;;`)
  return `${functionName(name, path)}() {
  local line state
  local -a commands=(
    ${described.join('\n    ')}
  )
  _arguments -C ${[...specs, "'1: :->command'", "'*:: :->rest'"].join(' \\\n    ')}
  case $state in
    command) _describe command commands ;;
    rest) case $line[1] in
${calls.join('\n')}
    esac ;;
  esac
}`
}

function functionName(name: string, path: readonly string[]): string {
  return ['', name, ...path].join('_').replaceAll('-', '_')
}

/** `_arguments` takes brackets and colons for its own. */
function optionSpec({ names, description, values }: OptionWords): string {
  const [first = '', second] = names
  const text = description.replace(/[[\]:\\]/g, (character) => `\\${character}`)
  const rest = `[${text}]${values === undefined ? '' : `:value:${action(values)}`}`
  // Not excluded by themselves: many may be given again.
  if (second === undefined) return quoted(`*${first}${values === undefined ? '' : '='}${rest}`)
  return [`*${first}`, `*${second}${values === undefined ? '' : '='}`].map((flag) => quoted(flag + rest)).join(' ')
}

function action(values: Values): string {
  if (values === 'files') return '_files'
  // Empty where nobody can know. A message there would keep zsh from completing the options beside it.
  return `(${values === 'anything' ? '' : values.join(' ')})`
}
