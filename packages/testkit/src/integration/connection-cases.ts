import { expectThat } from '../expect.js'
import { deliveryHeaders, deliveryOf, eventBody, type Message } from './delivery.js'
import { expectHandled, expectHandledSet, expectReply } from './expect-delivery.js'
import { anywhere, type IntegrationCase, onSocket, type SocketCase } from './integration-case.js'
import { beginDelivery, writeInPieces } from './piecewise.js'
import { headBytes, openRaw, statusesIn } from './raw-connection.js'
import type { SocketTrial } from './trial.js'
import { PLAIN } from './vendors.js'
import { soon, until } from './waiting.js'

const forged = (id: number) => deliveryOf(PLAIN, eventBody(id), { secret: 'another-made-up-secret' })
const unreadable = (id: number) => deliveryOf(PLAIN, `{"id":${id}`)
const good = (id: number) => deliveryOf(PLAIN, eventBody(id))

/** What is to be answered to a delivery of that number. */
const MIX: readonly { make(id: number): Message; status: number }[] = [
  { make: good, status: 200 },
  { make: forged, status: 401 },
  { make: good, status: 200 },
  { make: unreadable, status: 400 },
  { make: (id) => ({ ...good(id), method: 'PUT' }), status: 405 },
]

function mixed(count: number) {
  return Array.from({ length: count }, (_, id) => {
    const { make, status } = MIX[id % MIX.length] as (typeof MIX)[number]
    return { message: make(id), status, body: status === 200 ? eventBody(id) : undefined }
  })
}

export const PARALLEL_CASES: readonly IntegrationCase[] = [
  anywhere(
    'parallel: fifty at the same time, good, forged and unreadable: each is answered for itself',
    async (start) => {
      const trial = await start()
      const sent = mixed(50)
      const replies = await Promise.all(sent.map(({ message }) => trial.send(message)))
      for (const [index, reply] of replies.entries()) expectReply(trial, reply, sent[index]?.status ?? 0)
      expectHandledSet(
        trial,
        sent.flatMap(({ body }) => body ?? []),
      )
    },
  ),
]

/** Several deliveries on one connection. */
export const CONNECTION_CASES: readonly SocketCase[] = [
  onSocket('connection: kept, one delivery after another: each is answered for itself', async (start) => {
    const trial = await start()
    for (const { message, status } of [...mixed(5), ...mixed(5)]) {
      expectReply(trial, await trial.send(message), status)
    }
    expectHandled(trial, eventBody(0), eventBody(2))
  }),
  onSocket('connection: after 200, 401 and 400 it is kept for the next', async (start) => {
    const trial = await start()
    await expectKept(trial, good(1), 200)
    await expectKept(trial, forged(2), 401)
    await expectKept(trial, unreadable(3), 400)
  }),
  onSocket('connection: two deliveries in one go: two answers, in their order', async (start) => {
    const trial = await start()
    const connection = openRaw(trial.url)
    try {
      const bytes = [good(1), forged(2)].flatMap((message) => [
        headBytes(trial.url, { ...message, headers: deliveryHeaders(message) }),
        message.body,
      ])
      connection.write(Buffer.concat(bytes))
      await until(() => statusesIn(connection.received).length === 2, 'two answers')
    } finally {
      connection.close()
    }
    const seen = statusesIn(connection.received).join(', ')
    expectThat(seen === '200, 401', 'the answers 200, 401', seen)
    expectHandled(trial, eventBody(1))
  }),
]

/** Sends it, and then another on the same connection. */
async function expectKept(trial: SocketTrial, message: Message, status: number): Promise<void> {
  expectReply(trial, await trial.send(message), status)
  const { body } = good(0)
  const upload = beginDelivery(trial, good(0), body.length)
  await writeInPieces(upload, body, body.length)
  expectReply(trial, await soon(upload.reply, 'an answer'), 200)
  expectThat(upload.isReused, `the connection to be kept after ${status}`, 'another was needed')
}
