const MOST_FIELDS = 16

/** The fields of a form, none where the text is no form. */
export function parseFormFields(text: string): readonly (readonly [name: string, value: string])[] {
  // A form has no blanks and no characters beyond ASCII: those are escaped.
  if (!/^[!-~]+$/.test(text) || !text.includes('=')) return []
  return [...new URLSearchParams(text)].slice(0, MOST_FIELDS)
}
