import { CountersignError, type Secret, type SecretEncoding, secret } from '@countersign/core'
import { InvalidArgumentError } from 'commander'
import { readInput } from './input-file.js'
import { promptForSecret } from './secret-prompt.js'
import type { Terminal } from './terminal.js'

export interface SecretFlags {
  /** In the order of the command line, whatever option each came by. */
  readonly secrets?: readonly GivenSecret[]
  readonly secretEncoding?: SecretEncoding
}

export interface GivenSecret {
  readonly option: '--secret-file' | '--secret-env' | '--secret'
  /** A path, a name or the secret itself, perhaps after a slot and `=`. */
  readonly value: string
}

/** A secret, and the slot where the provider has such. */
export interface NamedSecret {
  readonly secret: Secret
  readonly slot?: string
}

/**
 * The secrets that the options name; without any, those that the user types.
 *
 * @throws InvalidArgumentError where a secret is missing, malformed, or not told which slot it is for.
 */
export async function namedSecrets(
  { secrets: given = [], secretEncoding }: SecretFlags,
  slots: readonly string[] | undefined,
  terminal: Terminal,
): Promise<readonly NamedSecret[]> {
  if (given.length === 0) return promptedSecrets(slots, secretEncoding, terminal)
  if (given.some(({ option }) => option === '--secret')) terminal.stderr.write(SEEN_BY_OTHERS)
  const named: NamedSecret[] = []
  for (const { option, value } of given) {
    const { slot, rest } = slotOf(option, value, slots)
    const text = await textOf(option, rest, terminal)
    named.push({ secret: secretOf(text, secretEncoding, describe(option, rest)), ...(slot !== undefined && { slot }) })
  }
  return named
}

const SEEN_BY_OTHERS =
  'warning: --secret is visible in the list of processes and in the history of the shell; --secret-file and --secret-env are not\n'

async function promptedSecrets(
  slots: readonly string[] | undefined,
  encoding: SecretEncoding | undefined,
  terminal: Terminal,
): Promise<readonly NamedSecret[]> {
  if (terminal.stdin.isTTY !== true) throw new InvalidArgumentError(`no secret was given: use ${examples(slots)}`)
  if (slots === undefined)
    return [{ secret: secretOf(await promptForSecret('Secret', terminal), encoding, 'the secret') }]
  const named: NamedSecret[] = []
  for (const slot of slots) {
    const text = await promptForSecret(`Secret of the slot ${slot} (empty: none)`, terminal)
    if (text !== '') named.push({ slot, secret: secretOf(text, encoding, `the secret of ${slot}`) })
  }
  if (named.length === 0) throw new InvalidArgumentError('no secret was given')
  return named
}

/** A provider's keys may belong to slots: `primary=NAME`. */
function slotOf(
  option: string,
  value: string,
  slots: readonly string[] | undefined,
): { readonly slot?: string; readonly rest: string } {
  if (slots === undefined) return { rest: value }
  const slot = slots.find((name) => value.startsWith(`${name}=`))
  // The value is not repeated: it may be a secret.
  if (slot === undefined) throw new InvalidArgumentError(`${option}: say which slot it is for: ${examples(slots)}`)
  return { slot, rest: value.slice(slot.length + 1) }
}

function examples(slots: readonly string[] = []): string {
  const [slot] = slots
  const prefix = slot === undefined ? '' : `${slot}=`
  const others = slots.slice(1).map((name) => ` (and likewise ${name}=)`)
  return `--secret-env ${prefix}NAME or --secret-file ${prefix}PATH${others.join('')}`
}

async function textOf(option: GivenSecret['option'], value: string, terminal: Terminal): Promise<string> {
  if (option === '--secret') return value
  if (option === '--secret-file') return textOfFile(value, terminal)
  const text = terminal.env[value]
  if (text !== undefined) return text
  throw new InvalidArgumentError(`${describe(option, value)}: it is not set in this environment`)
}

async function textOfFile(path: string, terminal: Terminal): Promise<string> {
  const bytes = await readInput(path, terminal).catch((error: NodeJS.ErrnoException) => {
    if (looksLikePath(path)) throw error
    throw Object.assign(new Error(`${describe('--secret-file', path)}: there is no such file`), { code: error.code })
  })
  try {
    // Editors and `echo` put a line break at the end of a file; it is no part of the secret.
    return new TextDecoder('utf-8', { ignoreBOM: true, fatal: true }).decode(bytes).replace(/\r?\n$/, '')
  } catch {
    throw new InvalidArgumentError(
      `${describe('--secret-file', path)}: it holds no text: write its bytes as hex or base64, and give --secret-encoding`,
    )
  }
}

/** For a message. A secret is easily given where its name or its file was asked for, and is not repeated then. */
function describe(option: GivenSecret['option'], value: string): string {
  const isName = { '--secret': false, '--secret-env': looksLikeVariable(value), '--secret-file': looksLikePath(value) }
  if (isName[option]) return `${option} ${value}`
  return option === '--secret' ? option : `${option} (not repeated: it may be a secret itself)`
}

function looksLikeVariable(text: string): boolean {
  return /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$|^[A-Z]{1,12}$/.test(text)
}

function looksLikePath(text: string): boolean {
  return text === '-' || /^[/~]|\./.test(text)
}

function secretOf(text: string, encoding: SecretEncoding | undefined, source: string): Secret {
  if (text === '') throw new InvalidArgumentError(`${source}: it is empty`)
  try {
    return secret(text, encoding === undefined ? {} : { encoding })
  } catch (error) {
    if (error instanceof CountersignError) throw new InvalidArgumentError(`${source}: ${error.message}`)
    throw error
  }
}
