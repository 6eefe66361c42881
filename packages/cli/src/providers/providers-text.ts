import type { ProviderOption } from '../providers.js'
import type { Colors } from '../terminal.js'
import { wrapped } from '../wrapped.js'
import type { ProviderDescription } from './description.js'

const NAME_WIDTH = 12

/** A block for each provider: a table of all this would be too wide for most terminals. */
export function providersText(descriptions: readonly ProviderDescription[], width: number, colors: Colors): string {
  return descriptions.map((description) => block(description, width, colors)).join('\n\n')
}

function block(description: ProviderDescription, width: number, { bold, dim }: Colors): string {
  const { id, title, headers, digest, rotation, secretsFrom, options, docs } = description
  const facts: readonly (readonly [name: string, fact: string])[] = [
    ['header', headers.join(', ') || 'not published: read it off one delivery, and give it by --option'],
    ['digest', digest],
    ['rotation', rotation],
    ['secrets', `made by ${secretsFrom}`],
    ...options.map((option, index) => [index === 0 ? 'options' : '', optionText(option)] as const),
    ['docs', docs],
  ]
  const lines = facts.flatMap(([name, fact]) => {
    const label = `  ${name.padEnd(NAME_WIDTH - 2)}`
    // The indent is of spaces, and the label takes its place: it is not to be taken for a word.
    const [first = '', ...rest] = wrapped(fact, ' '.repeat(NAME_WIDTH), width)
    return [dim(label) + first.slice(NAME_WIDTH), ...rest]
  })
  return [`${bold(id)}  ${title}`, ...lines].join('\n')
}

function optionText({ name, kind, meaning, ...option }: ProviderOption): string {
  const values = Array.isArray(kind)
    ? kind.map((value) => (value === option.default ? `${value} (default)` : value))
    : []
  const range =
    values.length > 0 ? ` ${values.join(', ')}` : option.default === undefined ? '' : ` ${option.default} (default)`
  return `${name}${range === '' ? '' : ':'}${range} – ${meaning}`
}
