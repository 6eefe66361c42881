/** Text of others on one line of a terminal: without what could steer it, and no longer than `most` characters. */
export function printable(text: string, most = 200): string {
  const shown = text.length > most ? `${text.slice(0, most)}…` : text
  return Array.from(shown, (character) => ESCAPES[character] ?? escaped(character)).join('')
}

const ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** Control and format characters (which also turn the direction of writing), and halves of characters. */
function escaped(character: string): string {
  if (!/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(character)) return character
  return `\\u{${character.codePointAt(0)?.toString(16)}}`
}
