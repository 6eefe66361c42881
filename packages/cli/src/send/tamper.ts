import { InvalidArgumentError } from 'commander'

/** The body with one byte changed: the last letter or digit, so that JSON mostly stays JSON. */
export function tampered(body: Uint8Array): Uint8Array {
  if (body.length === 0) throw new InvalidArgumentError('--tamper: the body is empty, there is no byte to change')
  let at = body.length - 1
  while (at > 0 && !/[0-9A-Za-z]/.test(String.fromCharCode(body[at] ?? 0))) at -= 1
  return body.map((byte, index) => (index === at ? byte ^ 1 : byte))
}
