import { type AnyProvider, CountersignError } from '@countersign/core'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { type Adapter, adapterOf, PROVIDERS, type ProviderOption } from './providers.js'
import { repeatable } from './repeatable.js'

export interface ProviderFlags {
  readonly provider?: string
  readonly option?: readonly string[]
}

/** Adds `--provider` and `--option`. */
export function providerOptions(command: Command): Command {
  return command
    .addOption(new Option('-p, --provider <id>', 'whose deliveries these are').choices(PROVIDERS.map(({ id }) => id)))
    .option(
      '-o, --option <name=value>',
      'an option of the provider, repeatable; countersign providers lists them',
      repeatable,
    )
}

/**
 * The provider that was asked for, with its options.
 *
 * @throws InvalidArgumentError where there is none, or an option does not fit it.
 */
export function providerFrom({ provider: id, option = [] }: ProviderFlags): AnyProvider {
  const adapter = adapterFrom(id)
  try {
    return adapter.create(optionsOf(adapter, option))
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error
    throw new InvalidArgumentError(`--option of ${adapter.id}: ${error.message}${missingFrom(adapter, option)}`)
  }
}

export function adapterFrom(id: string | undefined): Adapter {
  const adapter = adapterOf(id ?? '')
  if (adapter !== undefined) return adapter
  throw new InvalidArgumentError(`name the provider: --provider ${PROVIDERS.map((one) => one.id).join(', ')}`)
}

/** The options as the adapter takes them: `headers.primary=X` is `{ headers: { primary: 'X' } }`. */
export function optionsOf(adapter: Adapter, given: readonly string[]): Record<string, unknown> {
  const options: Record<string, unknown> = {}
  for (const text of given) {
    const [name, value] = pairOf(text)
    const known = adapter.options.find((option) => option.name === name) ?? unknown(adapter, name)
    const [group = name, member] = name.split('.')
    if (member === undefined) options[group] = parsedValue(known, value)
    else options[group] = { ...Object(options[group]), [member]: parsedValue(known, value) }
  }
  return options
}

function pairOf(text: string): [string, string] {
  const at = text.indexOf('=')
  if (at < 1) throw new InvalidArgumentError(`--option ${text}: write it as name=value`)
  return [text.slice(0, at), text.slice(at + 1)]
}

function parsedValue({ name, kind }: ProviderOption, text: string): string | number {
  if (kind === 'milliseconds') {
    if (/^\d{1,13}$/.test(text)) return Number(text)
    throw new InvalidArgumentError(`--option ${name}: write a number of milliseconds, such as 3600000`)
  }
  if (kind === 'text' || kind.includes(text)) return text
  throw new InvalidArgumentError(`--option ${name}: it is one of ${kind.join(', ')}`)
}

function unknown({ id, options }: Adapter, name: string): never {
  const names = options.map((option) => option.name).join(', ')
  throw new InvalidArgumentError(`--option ${name}: ${id} has ${names === '' ? 'no options' : `only ${names}`}`)
}

/** AgilePoint publishes no header names, so that there is nothing to begin with. */
function missingFrom({ id }: Adapter, given: readonly string[]): string {
  if (id !== 'agilepoint' || given.some((text) => text.startsWith('headers.'))) return ''
  return '; read the names off one delivery: -o headers.primary=<name> -o headers.secondary=<name>'
}
