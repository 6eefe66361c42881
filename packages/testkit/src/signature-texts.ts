import type { DigestEncoding } from '@countersign/core'

/** A text in the place of a MAC that is no MAC of the right form. */
export interface WrongText {
  readonly name: string
  /** From the text in the header; the canonical one beside it. */
  write(wire: string): string
  /** White space that a header of several parts may allow between them. */
  readonly mayBeGrammar?: boolean
}

/** All of them, for MACs in that encoding. */
export function wrongTexts(encoding: DigestEncoding): readonly WrongText[] {
  return [...lengths(encoding), ...junk(encoding), ...whiteSpace(), ...lookAlikes()]
}

function lengths(encoding: DigestEncoding): readonly WrongText[] {
  const character = encoding === 'hex' ? '0' : 'A'
  return [
    { name: 'cut to half (defect: truncated MACs pass)', write: (text) => text.slice(0, text.length >> 1) },
    { name: 'cut to its first four characters', write: (text) => text.slice(0, 4) },
    { name: 'cut by its last character', write: (text) => text.slice(0, -1) },
    { name: 'cut by its first character', write: (text) => text.slice(1) },
    { name: 'with a character behind it (defect: trailing text passes)', write: (text) => text + character },
    { name: 'with a character before it', write: (text) => character + text },
    { name: 'with a padding character behind it', write: (text) => `${text}=` },
    { name: 'empty', write: () => '' },
    { name: 'twice on end', write: (text) => text + text },
  ]
}

function junk(encoding: DigestEncoding): readonly WrongText[] {
  const outside = encoding === 'hex' ? 'g' : '!'
  return [
    { name: `with '${outside}' for a character (defect: non-${encoding} passes or throws)`, write: replaced(outside) },
    { name: "with '%' for a character", write: replaced('%') },
    { name: 'with a NUL for a character', write: replaced('\0') },
    { name: "with ':' between its bytes (defect: junk passes)", write: inserted(':') },
    { name: "with ',' between its bytes", write: inserted(',') },
    { name: "with '\\' between its bytes", write: inserted('\\') },
    { name: 'with a NUL behind it', write: (text) => `${text}\0` },
  ]
}

function whiteSpace(): readonly WrongText[] {
  return [
    { name: 'with a space inside', write: inserted(' ') },
    { name: 'with a tab inside', write: inserted('\t') },
    { name: 'with a line break inside', write: inserted('\r\n ') },
    { name: 'with a space before it', write: (text) => ` ${text}`, mayBeGrammar: true },
    { name: 'with a space behind it', write: (text) => `${text} `, mayBeGrammar: true },
    { name: 'with a tab behind it', write: (text) => `${text}\t`, mayBeGrammar: true },
    // HTTP's white space is space and tab; `trim` takes all of these too.
    { name: 'with a line break behind it', write: (text) => `${text}\n` },
    { name: 'with a no-break space behind it', write: (text) => `${text}\u00a0` },
    { name: 'with a byte order mark before it', write: (text) => `\ufeff${text}` },
  ]
}

/** Characters that some comparison, decoder or case folding takes for the right ones. */
function lookAlikes(): readonly WrongText[] {
  return [
    {
      name: 'with a character whose low byte is the right one, such as U+0163 for c',
      write: (text) => String.fromCharCode(0x100 + text.charCodeAt(0)) + text.slice(1),
    },
    {
      name: 'with a fullwidth character, such as U+FF11 for 1',
      write: (text) => String.fromCharCode(0xfee0 + text.charCodeAt(0)) + text.slice(1),
    },
    { name: 'with U+212A (Kelvin sign), which folds to k', write: (text) => put(text, text.search(/k/i), '\u212a') },
    { name: 'with U+017F (long s), which folds to S', write: (text) => put(text, text.search(/s/i), '\u017f') },
    { name: 'with a lone surrogate for a character', write: replaced('\ud800') },
  ]
}

function replaced(character: string): (text: string) => string {
  return (text) => put(text, text.length >> 1, character)
}

/** In the first place where there is none better. */
function put(text: string, index: number, character: string): string {
  const at = Math.max(0, index)
  return text.slice(0, at) + character + text.slice(at + 1)
}

/** Between two bytes, in hex as in base64. */
function inserted(junk: string): (text: string) => string {
  return (text) => {
    const at = (text.length >> 3) << 2
    return text.slice(0, at) + junk + text.slice(at)
  }
}
