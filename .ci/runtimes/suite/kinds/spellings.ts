import { utf8 } from '../../../../packages/testkit/src/bytes.js'
import { toHex } from '../../../../packages/testkit/src/digest-text.js'
import { latin1 } from '../bytes.js'
import { REFUSED } from '../delivery.js'
import type { Random } from '../random.js'
import { type Kind, rewriteTexts } from './kind.js'

type Respell = (text: string, random: Random) => string

/** One character exchanged, by a function of it. */
function oneOf(change: (character: string, random: Random) => string): Respell {
  return (text, random) => {
    const at = random.below(text.length)
    return text.slice(0, at) + change(text.charAt(at), random) + text.slice(at + 1)
  }
}

function inside(...junk: readonly string[]): Respell {
  return (text, random) => {
    const at = random.between(1, Math.max(1, text.length - 1))
    return text.slice(0, at) + random.pick(junk) + text.slice(at)
  }
}

const shift = (by: number) => (character: string) => String.fromCharCode(character.charCodeAt(0) + by)
const everywhere = (change: (character: string) => string) => (text: string) => [...text].map(change).join('')
const isHex = (text: string) => /^([0-9a-f]{2})+$/.test(text)
const bytesOfHex = (text: string) => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))

/** The same bytes in the other encoding. */
function inOtherEncoding(text: string): string {
  if (isHex(text)) return btoa(latin1(bytesOfHex(text)))
  try {
    return toHex(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)))
  } catch {
    return `${text}00`
  }
}

/** Base64 of the same bytes with something in the bits that padding leaves over. */
function withStrayBits(text: string): string {
  return text.replace(/[AEIMQUYcgkosw048](?==$)|[AQgw](?===$)/, shift(1))
}

/** Nothing of this is the signature, or the token, however alike it looks. Nothing is only blank at an edge. */
const SPELLINGS: Readonly<Record<string, Respell>> = {
  'a bit flipped': oneOf((character, random) => String.fromCharCode(character.charCodeAt(0) ^ (1 << random.below(7)))),
  'another digit': oneOf((character, random) =>
    random.pick([...'0123456789abcdefABCDEF+/='].filter((one) => one !== character)),
  ),
  'cut at the end': (text, random) => text.slice(0, -random.between(1, Math.min(8, text.length))),
  'cut at the start': (text, random) => text.slice(random.between(1, Math.min(8, text.length))),
  'cut to its first half': (text) => text.slice(0, text.length >> 1),
  'one character too many': (text, random) => text + random.pick([...'0aA=+/.-_']),
  'twice on end': (text) => text + text,
  empty: () => '',
  'in upper case': (text) => text.toUpperCase(),
  'in lower case': (text) => text.toLowerCase(),
  'one letter in the other case': oneOf((character) =>
    character === character.toLowerCase() ? character.toUpperCase() : character.toLowerCase(),
  ),
  backwards: (text) => [...text].reverse().join(''),
  'in the other encoding': inOtherEncoding,
  'without padding': (text) => text.replace(/=+$/, ''),
  'with too much padding': (text) => `${text}=`,
  'in the alphabet for URLs': (text) => text.replaceAll('+', '-').replaceAll('/', '_'),
  'with stray bits': withStrayBits,
  'with white space inside': inside(' ', '\t', '\r\n', '\n', '\u00a0', '\u2003', '\ufeff'),
  'with junk inside': inside('-', ':', '.', '=', '==', '%', '\0', '\u0001', '\u007f', '\u00ff', '\u{1f600}', '\\n'),
  'with something invisible inside': inside('\u200b', '\u200d', '\u2060', '\u00ad', '\u0301', '\ud800', '\udc00'),
  'a character beyond latin1 with the right low byte': oneOf(shift(0x100)),
  'all characters beyond latin1 with the right low bytes': everywhere(shift(0x100)),
  'one full-width character': oneOf(shift(0xfee0)),
  'all characters full-width': everywhere(shift(0xfee0)),
  'a Cyrillic look-alike': (text) => text.replace(/[aceopxyABCEHKMOPTX]/, (letter) => LOOK_ALIKES[letter] ?? letter),
  'read as latin1 and encoded again': (text) => latin1(utf8(`${text}é`)),
  'in quotes': (text, random) => random.pick([`"${text}"`, `'${text}'`, `<${text}>`, `${text};`, `(${text})`]),
  'percent-encoded': (text) => everywhere((character) => `%${toHex(utf8(character))}`)(text),
  'with 0x before it': (text) => `0x${text}`,
  'its raw bytes': (text) => (isHex(text) ? latin1(bytesOfHex(text)) : `\u0080${text}`),
  'all zero': (text) => text.replace(/[^=]/g, isHex(text) ? '0' : 'A'),
  'another digest of that length': (text, random) => anotherDigest(text, random),
  'what a bug writes': (_, random) =>
    random.pick(['undefined', 'null', '[object Object]', 'NaN', 'true', '0', '*', '%s', '{}']),
  'with a NUL behind it': (text) => `${text}\0`,
  'with a NUL before it': (text) => `\0${text}`,
}

const LOOK_ALIKES: Readonly<Record<string, string>> = {
  ...{ a: 'а', c: 'с', e: 'е', o: 'о', p: 'р', x: 'х', y: 'у', A: 'А', B: 'В', C: 'С', E: 'Е' },
  ...{ H: 'Н', K: 'К', M: 'М', O: 'О', P: 'Р', T: 'Т', X: 'Х' },
}

function anotherDigest(text: string, random: Random): string {
  if (isHex(text)) return toHex(random.bytes(text.length / 2))
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  return btoa(latin1(random.bytes(Math.max(1, Math.floor((text.length * 3) / 4) - padding))))
}

export const spellings: readonly Kind[] = Object.entries(SPELLINGS).map(([name, respell]) => ({
  name: `signature: ${name}`,
  tamper(signed, random) {
    const { headers, all, none } = rewriteTexts(signed, (text) => respell(text, random))
    return { headers, expected: none ? signed.plan.expected : all ? REFUSED : undefined }
  },
}))
