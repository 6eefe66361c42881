/** A text in the place of a stamp. */
export interface MalformedStamp {
  readonly name: string
  readonly text: string
  /** White space that a header of several parts may allow around them. */
  readonly mayBeGrammar?: boolean
}

/** What lenient number and date parsers take for a time; each is refused, even where it is signed. */
export function malformedStamps(stamp: string): readonly MalformedStamp[] {
  return [...junk(), ...around(stamp)]
}

function junk(): readonly MalformedStamp[] {
  const texts = {
    'an empty text': '',
    'a number with a sign': '+1',
    'a number with an exponent': '1e9',
    'a hexadecimal number': '0x1',
    'not a number, NaN,': 'NaN',
    Infinity: 'Infinity',
    'a number and letters behind it': '1614265330abc',
    'a number with a leading zero': '01614265330',
    'a number with a fraction': '1614265330.5',
    'a negative number': '-1614265330',
    'a number of 20 digits': '16142653301614265330',
    'a date without a time': '2026-01-01',
    'a date in words': 'Thu, 01 Jan 2026 00:00:00 GMT',
    'the name of a property, __proto__,': '__proto__',
  }
  return [
    ...Object.entries(texts).map(([name, text]) => ({ name, text })),
    { name: 'a number with a space before it', text: ' 1' },
  ]
}

function around(stamp: string): readonly MalformedStamp[] {
  return [
    { name: 'its own text with letters behind it (defect: trailing text passes)', text: `${stamp}abc` },
    { name: 'its own text with a sign', text: `+${stamp}` },
    { name: 'its own text with a minus sign', text: `-${stamp}` },
    { name: 'its own text with a leading zero', text: `0${stamp}` },
    { name: 'its own text with a fraction of zero', text: `${stamp}.0` },
    { name: 'its own text with a NUL behind it', text: `${stamp}\0` },
    { name: 'its own text in fullwidth digits', text: stamp.replaceAll(/\d/g, fullwidth) },
    { name: 'its own text with a no-break space behind it', text: `${stamp}\u00a0` },
    { name: 'its own text with a space before it', text: ` ${stamp}`, mayBeGrammar: true },
    { name: 'its own text with a line break behind it', text: `${stamp}\n`, mayBeGrammar: true },
  ]
}

function fullwidth(digit: string): string {
  return String.fromCharCode(0xfee0 + digit.charCodeAt(0))
}
