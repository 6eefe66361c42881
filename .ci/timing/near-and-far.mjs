/** The text with another hex digit at one place, as a flat string like those that come from a socket. */
function withOther(text, at) {
  const bytes = Buffer.from(text, 'latin1')
  bytes[at] = bytes[at] === 0x30 ? 0x31 : 0x30
  return bytes.toString('latin1')
}

/** Wrong in the last character: whoever stops at the first difference takes longest. */
export function near(text) {
  return withOther(text, text.length - 1)
}

/** Wrong in the first. */
export function far(text) {
  return withOther(text, 0)
}
