import { expectThat, fail } from '../expect.js'
import { bytesOf, type Message } from './delivery.js'
import type { Reply } from './endpoint.js'
import type { Trial } from './trial.js'

/** Sends it, and expects one of the statuses. */
export async function expectStatus(trial: Trial, message: Message, ...statuses: readonly number[]): Promise<Reply> {
  const reply = await trial.send(message)
  expectReply(trial, reply, ...statuses)
  return reply
}

export function expectReply({ errors }: Trial, { status }: Reply, ...statuses: readonly number[]): void {
  const told = errors.length === 0 ? '' : `, and onError was told: ${errors.map(String).join('; ')}`
  expectThat(statuses.includes(status), `an answer ${statuses.join(' or ')}`, `${status}${told}`)
}

/** What was handled since the start: these bodies, in this order. */
export function expectHandled({ handled }: Trial, ...bodies: readonly (Uint8Array | string)[]): void {
  const expected = `the handler to have run ${bodies.length} times`
  expectThat(handled.length === bodies.length, expected, `${handled.length} times`)
  for (const [index, { body }] of handled.entries()) expectBytes(body, bytesOf(bodies[index] ?? ''))
}

/** The same, in whatever order: deliveries at the same time overtake each other. */
export function expectHandledSet({ handled }: Trial, bodies: readonly string[]): void {
  const texts = handled.map(({ body }) => Buffer.from(body).toString()).sort()
  const isSame = texts.length === bodies.length && [...bodies].sort().every((body, index) => body === texts[index])
  expectThat(isSame, `the handler to have run once for each of ${bodies.length}`, `${texts.length}: ${texts.join(' ')}`)
}

/** `Retry-After` in whole seconds. */
export function expectRetryAfter({ headers }: Reply): void {
  const { 'retry-after': after } = headers
  expectThat(/^[1-9]\d*$/.test(after ?? ''), 'Retry-After: a whole number of seconds, 1 or more', String(after))
}

/** Our fault is told, so that somebody can mend it. */
export function expectErrorTold({ errors }: Trial): void {
  expectThat(errors.length > 0, 'onError to be told', 'nothing')
}

/** The fault is the sender's. */
export function expectNoError({ errors }: Trial): void {
  expectThat(errors.length === 0, 'onError not to be told of what is the sender’s fault', errors.map(String).join('; '))
}

function expectBytes(seen: Uint8Array, sent: Uint8Array): void {
  if (Buffer.compare(seen, sent) === 0) return
  const at = sent.findIndex((byte, index) => byte !== seen[index])
  const from = at < 0 ? sent.length : at
  const around = (bytes: Uint8Array) =>
    `${bytes.length} bytes, there ${Buffer.from(bytes.slice(from, from + 16)).toString('hex')}`
  fail(`the handler to see the bytes that were sent (the first that differs is ${from}): ${around(sent)}`, around(seen))
}
