import { InvalidArgumentError } from 'commander'

/** A header as curl's -H takes it. A byte of its value is the character of that number, as servers show it. */
export function parseHeader(text: string): readonly [name: string, value: string] {
  const at = text.indexOf(':')
  const name = text.slice(0, Math.max(at, 0))
  if (/^[\w!#$%&'*+.^`|~-]+$/.test(name) && !/[\r\n\0]/.test(text))
    return [name, Buffer.from(text.slice(at + 1).trim()).toString('latin1')]
  throw new InvalidArgumentError("-H: write a header as 'Name: value'")
}
