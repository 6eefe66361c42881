import { quoted } from './quoted.js'
import type { CommandWords } from './words.js'

/** For bash 3.2 (macOS) and later. Where nothing is known of a value, bash offers files. */
export function bashScript(name: string, commands: readonly CommandWords[]): string {
  const subcommands = commands.filter(({ path }) => path.length > 0).map(({ path }) => patternOf(path))
  return `# bash completion of ${name}
_${name}() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD - 1]}" path='' word words=''
  COMPREPLY=()
  # bash splits --option=value at the sign.
  if [[ $cur == '=' ]]; then cur=''
  elif [[ $prev == '=' ]]; then prev="\${COMP_WORDS[COMP_CWORD - 2]}"; fi
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$path $word" in
      ${subcommands.join(' | ')}) path="$path $word" ;;
    esac
  done
  case "$path $prev" in
${commands.flatMap(valueCases).join('\n')}
  esac
  case "$path" in
${commands.map(wordCase).join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o default -F _${name} ${name}
`
}

function patternOf(path: readonly string[]): string {
  return quoted(['', ...path].join(' '))
}

function valueCases({ path, options }: CommandWords): string[] {
  return options.flatMap(({ names, values }) => {
    if (values === undefined) return []
    const patterns = names.map((name) => patternOf([...path, name])).join(' | ')
    const reply = Array.isArray(values) ? `COMPREPLY=($(compgen -W ${quoted(values.join(' '))} -- "$cur")); ` : ''
    return [`    ${patterns}) ${reply}return ;;`]
  })
}

function wordCase({ path, subcommands, options, argument }: CommandWords): string {
  const offered = [...subcommands.map(({ name }) => name), ...(Array.isArray(argument) ? argument : [])]
  const words = [...offered, ...options.flatMap(({ names }) => names.filter((name) => name.startsWith('--')))]
  // Options only where one was begun: else they would stand in the way of files.
  const begun =
    argument === 'files'
      ? `if [[ $cur == -* ]]; then words=${quoted(words.join(' '))}; fi`
      : `words=${quoted(words.join(' '))}`
  return `    ${path.length === 0 ? "''" : patternOf(path)}) ${begun} ;;`
}
