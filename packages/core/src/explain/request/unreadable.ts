import { CountersignError, fail } from '../../errors.js'

/** @throws CountersignError `request-unreadable`. What was met names a place or an option; no header's value, which may be a token. */
export function unreadable(met: string, cause?: unknown): never {
  if (cause === undefined) fail('request-unreadable', met)
  throw new CountersignError('request-unreadable', met, { cause })
}

/** Where that is in a text, as an editor counts. */
export function place(text: string, index: number): string {
  const before = text.slice(0, index)
  const line = before.split('\n').length
  return `line ${line}, column ${index - before.lastIndexOf('\n')}`
}
