const PLAIN_WORD = /^[A-Za-z0-9@%+=:,./_-]+$/

/** A word for a POSIX shell. */
export function shellWord(text: string): string {
  return PLAIN_WORD.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
