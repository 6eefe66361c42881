import { latin1, utf8 } from '../encoding.js'
import type { Key } from '../key.js'
import type { Keyring } from '../keyring.js'
import type { Field } from '../plan.js'
import type { Deviation } from './deviations/deviation.js'
import { type SecretReading, secretReadings } from './readings/secret-readings.js'
import { type Subject, sameText } from './subject.js'

/** A header that holds a secret itself. */
export interface TokenMatch {
  readonly key: Key
  readonly header: string
  /** The scheme's own field of that header. */
  readonly field: Field | undefined
  readonly deviations: readonly Deviation[]
}

/** Each place where a secret stands in the headers, in whatever reading. */
export function findTokens(subject: Subject, ring: Keyring): readonly TokenMatch[] {
  const places = tokenPlaces(subject)
  return ring.keys.flatMap((key) =>
    secretReadings(key.secret).flatMap((reading) => {
      if (reading.text === undefined) return []
      // As HTTP clients and servers show the bytes of a header.
      const token = latin1(utf8(reading.text))
      return places
        .filter(({ text }) => sameText(token, text))
        .map((place) => ({ key, header: place.header, field: place.field, deviations: deviationsOf(reading, place) }))
    }),
  )
}

interface Place {
  readonly header: string
  readonly field: Field | undefined
  readonly text: string
  readonly deviation: Deviation | undefined
}

function tokenPlaces({ plan, entries }: Subject): readonly Place[] {
  return entries.flatMap(({ name, value }) => {
    const own: (Field | undefined)[] = plan.fields.filter(({ header }) => header.toLowerCase() === name.toLowerCase())
    // Another header may hold it, too.
    const fields = own.length > 0 ? own : [undefined]
    return fields.flatMap((field) =>
      withinValue(value, field).map(([text, deviation]): Place => ({ header: name, field, text, deviation })),
    )
  })
}

/** The value, and what it holds behind or between the marks that senders put there. */
function withinValue(value: string, field: Field | undefined): [text: string, deviation: Deviation | undefined][] {
  const { prefix = '', separator } = field ?? {}
  const bare = value.startsWith(prefix) ? value.slice(prefix.length) : value
  const parts = separator === undefined ? [bare] : bare.split(separator)
  const isProper = value.startsWith(prefix)
  const found: [string, Deviation | undefined][] = parts.map((part) => [
    part,
    isProper ? undefined : missingPrefix(prefix),
  ])
  const behindMark = /^(?:Bearer|Token|Basic|Secret) +([^ ].*)/is.exec(value)?.[1]
  if (behindMark !== undefined) found.push([behindMark, surplusMark()])
  for (const half of halves(value)) found.push([half, repeated('it came more than once')])
  const values = value.split(', ')
  if (values.length > 1 && values.length <= MOST_REPEATS)
    found.push(...values.map((one): [string, Deviation] => [one, repeated(BESIDE)]))
  for (const part of parts) if (part.trim() !== part) found.push([part.trim(), whiteSpace()])
  return found
}

/** A value that is twice the same, as of a header that was sent twice. */
function halves(value: string): string[] {
  const half = value.slice(0, (value.length - 2) / 2)
  return value === `${half}, ${half}` ? [half] : []
}

function deviationsOf({ deviation }: SecretReading, place: Place): readonly Deviation[] {
  return [deviation, place.deviation].filter((one) => one !== undefined)
}

function missingPrefix(prefix: string): Deviation {
  return {
    code: 'digest-prefix',
    summary: `with '${prefix}' before the token`,
    fix: `Send '${prefix}' before the token, as the scheme says, or define the provider without that prefix.`,
  }
}

function surplusMark(): Deviation {
  return {
    code: 'digest-prefix',
    summary: 'with nothing before the token: a word such as Bearer stands there',
    fix: "Define the provider with that prefix (defineProvider: scheme.prefix, 'Bearer ' for instance), or have the token sent without it.",
  }
}

/** More are no header that was sent again. */
const MOST_REPEATS = 8
const BESIDE = 'another value stands beside the right one'

function repeated(how: string): Deviation {
  return {
    code: 'signature-repeated',
    summary: `with the header once: ${how}`,
    fix: 'Find what adds the header a second time (a proxy that copies headers), and have it sent once.',
  }
}

function whiteSpace(): Deviation {
  return {
    code: 'header-white-space',
    summary: 'with the header trimmed of white space',
    fix: 'Pass the header on as HTTP has it, without white space at its edges.',
  }
}
