const ESCAPE = /\\(?:0([0-7]{1,3})|([\\nrt]))/g
const NAMED: Readonly<Record<string, string>> = { '\\': '\\', n: '\n', r: '\r', t: '\t' }

/** What `printf '%b'` of POSIX prints, as binary text: `\0` and octal digits are a byte. */
export function percentB(text: string): string {
  return text.replace(ESCAPE, (_, octal?: string, name?: string) =>
    octal === undefined ? (NAMED[name ?? ''] ?? '') : String.fromCharCode(Number.parseInt(octal, 8) & 0xff),
  )
}

/** Bytes as the argument of `printf '%b'`, to be put between single quotes. Letters and digits stay readable. */
export function asPercentB(bytes: Uint8Array): string {
  const pieces: string[] = []
  for (const byte of bytes) pieces.push(isPlain(byte) ? String.fromCharCode(byte) : octal(byte))
  return pieces.join('')
}

/** Printable ASCII less the backslash and the quote. */
function isPlain(byte: number): boolean {
  return byte >= 0x20 && byte < 0x7f && byte !== 0x5c && byte !== 0x27
}

/** Always three digits, so that a digit after it does not become part of it. */
function octal(byte: number): string {
  return `\\0${byte.toString(8).padStart(3, '0')}`
}
