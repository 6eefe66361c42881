import { keyring } from '../checked-keyring.js'
import { fail } from '../errors.js'
import { UNTIL_PROMOTED } from '../key.js'
import type { Keyring } from '../keyring.js'
import type { SecretEncoding } from '../secret.js'
import { secret } from '../secret-from-text.js'

/** Where the variables are, and how they stand for secrets. */
export interface EnvironmentOptions {
  /** Where the variables are. Default `process.env`; in Workers, the `env` that the handler is given. */
  readonly env?: Readonly<Record<string, unknown>> | undefined
  /** How the texts stand for bytes. Default 'utf8'. */
  readonly encoding?: SecretEncoding | undefined
  /** Shortest key accepted, in bytes. Default 8. */
  readonly minBytes?: number | undefined
}

/**
 * Keys out of environment variables: those in `NAME` are active, those in `NAME_NEXT` staged, and those in `NAME_PREVIOUS`
 * retire for as long as they stand there. Each holds one secret or several, between white space. Ids are the variable's name,
 * with a number where it holds several; they say where a key stands, and not which one it is.
 *
 * The variables are read at each delivery. While they say the same, so is the ring.
 *
 * @throws CountersignError `option-invalid`. The source throws `no-keys`, naming the variable, `secret-malformed`,
 * `secret-too-short` and `too-many-keys`.
 */
export function environment(name: string, options: EnvironmentOptions = {}): () => Keyring {
  // In capitals, as they are everywhere: what else is given is most likely its value, and that is not to be printed.
  if (typeof name !== 'string' || !/^[A-Z_][A-Z0-9_]{0,99}$/.test(name)) {
    fail(
      'option-invalid',
      "environment takes the name of a variable in capitals, such as 'AUTIFY_SECRET', not its value",
    )
  }
  const unknown = Object.keys(options).find((option) => !OPTIONS.includes(option))
  if (unknown !== undefined) fail('option-invalid', `${unknown} is none of: ${OPTIONS.join(', ')}`)
  let known: { readonly values: readonly unknown[]; readonly ring: Keyring } | undefined
  return () => {
    // Asked for, and not imported: where there is no process, this file runs all the same.
    const env = options.env ?? globalThis.process?.env ?? {}
    const values = PLACES.map(({ suffix }) => env[name + suffix])
    const isSame = known?.values.every((value, index) => value === values[index])
    if (!known || !isSame) known = { values, ring: ringOf(name, values, options) }
    return known.ring
  }
}

const OPTIONS = ['env', 'encoding', 'minBytes']

const PLACES = [
  { suffix: '', dates: {} },
  { suffix: '_NEXT', dates: { activeFrom: UNTIL_PROMOTED } },
  { suffix: '_PREVIOUS', dates: { retireFrom: 0 } },
]

function ringOf(name: string, values: readonly unknown[], { encoding, minBytes }: EnvironmentOptions): Keyring {
  const form = { encoding, minBytes }
  // One that has moved on, and is not yet taken away where it was, counts once, as what it is now.
  const met = new Set<string>()
  const keys = PLACES.flatMap(({ suffix, dates }, index) => {
    const texts = wordsOf(values[index])
    const fresh = texts.filter((text) => !met.has(text) && met.add(text))
    return fresh.map((text) => {
      const number = texts.length === 1 ? '' : `-${texts.indexOf(text) + 1}`
      return { ...dates, id: `${name}${suffix}${number}`, secret: secret(text, form) }
    })
  })
  if (wordsOf(values[0]).length === 0) fail('no-keys', `the environment has no ${name}`)
  return keyring(keys)
}

function wordsOf(value: unknown): readonly string[] {
  return typeof value === 'string' ? value.split(/\s/).filter((word) => word !== '') : []
}
