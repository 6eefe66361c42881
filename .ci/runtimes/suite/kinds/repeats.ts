import { type Header, REFUSED } from '../delivery.js'
import type { Plan, Signed } from '../plan.js'
import type { Random } from '../random.js'
import { type Kind, rewriteSignatures } from './kind.js'

/** Whether two values of a signature's header are one too many. Elsewhere a repeat may read as one more entry. */
function takesOne({ shape }: Plan): boolean {
  const hasStampInside = shape.hasStamp && shape.stampHeader === undefined
  return shape.separator === undefined && (!shape.hasGrammar || hasStampInside === true)
}

/** Something of the right form, with other digits. */
function forge(value: string): string {
  return value.replace(/[0-9](?=[^=,; ]{4})/g, (character) => String.fromCharCode(character.charCodeAt(0) ^ 1))
}

const upper = ([name, value]: Header): Header => [name.toUpperCase(), value]
const forged = ([name, value]: Header): Header => [name, forge(value)]

/** What stands in place of one signature header. */
const REPEATS: Readonly<Record<string, (header: Header) => readonly Header[]>> = {
  'sent twice': (header) => [header, header],
  'sent three times': (header) => [header, header, header],
  'sent twice, under a name in another case': (header) => [header, upper(header)],
  'a forged one before it': (header) => [forged(header), header],
  'a forged one behind it': (header) => [header, forged(header)],
  'a forged one before it, in another case': (header) => [upper(forged(header)), header],
  'an empty one before it': (header) => [[header[0], ''], header],
  'an empty one behind it': (header) => [header, [header[0], '']],
}

const JOINS: Readonly<Record<string, (value: string) => string>> = {
  'joined with itself': (value) => `${value}, ${value}`,
  'joined with itself without a blank': (value) => `${value},${value}`,
  'joined with a forged one': (value) => `${value}, ${forge(value)}`,
  'joined behind a forged one': (value) => `${forge(value)}, ${value}`,
  'with a comma behind it': (value) => `${value},`,
  'with a comma before it': (value) => `,${value}`,
}

/** Blanks that a grammar may strip, and the web's `Headers` does. */
const EDGES = [' ', '  ', '\t', ' \t ']

function repeated({ headers, plan }: Signed, which: readonly string[], repeat: (header: Header) => readonly Header[]) {
  const lists = headers.map((header) => (which.includes(header[0]) ? repeat(header) : [header]))
  return { headers: lists.flat(), expected: takesOne(plan) ? REFUSED : undefined }
}

export const repeats: readonly Kind[] = [
  ...Object.entries(REPEATS).map(([name, repeat]) => ({
    name: `header: ${name}`,
    tamper: (signed: Signed) => repeated(signed, signed.plan.shape.headers, repeat),
  })),
  ...Object.entries(JOINS).map(([name, join]) => ({
    name: `header: ${name}`,
    tamper: (signed: Signed) => ({
      headers: rewriteSignatures(signed, join),
      expected: takesOne(signed.plan) ? REFUSED : undefined,
    }),
  })),
  {
    name: 'header: blanks at its edges',
    tamper: (signed: Signed, random: Random) => ({
      headers: rewriteSignatures(signed, (value) => random.pick(EDGES) + value + random.pick(EDGES)),
      expected: undefined,
    }),
  },
  ...(['stampHeader', 'idHeader'] as const).map((which) => ({
    name: `header: ${which} sent twice`,
    applies: ({ shape }: Plan) => shape[which] !== undefined,
    tamper: (signed: Signed) => ({
      ...repeated(signed, [signed.plan.shape[which] ?? ''], (header) => [header, header]),
      expected: REFUSED,
    }),
  })),
]
