import { expectThat } from '../expect.js'
import { deliveryOf, jsonOf } from './delivery.js'
import { expectHandled, expectNoError, expectReply, expectStatus } from './expect-delivery.js'
import { anywhere, type IntegrationCase, onSocket, type SocketCase } from './integration-case.js'
import { beginDelivery, type Framing, writeInPieces } from './piecewise.js'
import { headBytes, openRaw, statusesIn } from './raw-connection.js'
import { PLAIN } from './vendors.js'
import { pause, soon, until } from './waiting.js'

const CAP = 65_536
const HUGE = 64 * 1024 * 1024
/** What a system keeps of a connection that nobody reads from, and some. */
const KEPT = 16 * 1024 * 1024

export const CAP_CASES: readonly IntegrationCase[] = [
  anywhere('cap: a body just at it: 200, and the handler sees what was sent', async (start) => {
    const trial = await start({ maxBodyBytes: CAP })
    await expectStatus(trial, deliveryOf(PLAIN, jsonOf(CAP)), 200)
    expectHandled(trial, jsonOf(CAP))
  }),
  anywhere('cap: a byte more: 413, and nothing is handled', async (start) => {
    const trial = await start({ maxBodyBytes: CAP })
    await expectStatus(trial, deliveryOf(PLAIN, jsonOf(CAP + 1)), 413)
    expectHandled(trial)
    expectNoError(trial)
  }),
  anywhere('cap: fewer characters, but more bytes: 413', async (start) => {
    const trial = await start({ maxBodyBytes: 100 })
    await expectStatus(trial, deliveryOf(PLAIN, `"${'ö'.repeat(60)}"`), 413)
    expectHandled(trial)
  }),
  anywhere('cap: a byte more than the default, and forged: 413', async (start) => {
    const trial = await start()
    await expectStatus(trial, deliveryOf(PLAIN, jsonOf(1_048_577), { secret: 'another-made-up-secret' }), 413)
    expectHandled(trial)
  }),
]

const FRAMINGS: readonly { name: string; framing: Framing }[] = [
  { name: 'of 64 MiB', framing: HUGE },
  { name: 'in chunks', framing: 'chunked' },
]

export const CAP_SOCKET_CASES: readonly SocketCase[] = [
  ...FRAMINGS.map(({ name, framing }) =>
    onSocket(`cap: an upload ${name} that goes over it: 413, without waiting for its end`, async (start) => {
      const trial = await start({ maxBodyBytes: CAP })
      const upload = beginDelivery(trial, deliveryOf(PLAIN, ''), framing)
      await upload.write(new Uint8Array(2 * CAP)).catch(() => {})
      expectReply(trial, await soon(upload.reply, 'an answer, though the upload goes on'), 413)
      upload.abort()
      await expectStatus(trial, deliveryOf(PLAIN, '{"id":2}'), 200)
      expectHandled(trial, '{"id":2}')
    }),
  ),
  onSocket('cap: chunked, and a byte more: 413', async (start) => {
    const trial = await start({ maxBodyBytes: CAP })
    const message = deliveryOf(PLAIN, jsonOf(CAP + 1))
    const upload = beginDelivery(trial, message, 'chunked')
    await writeInPieces(upload, message.body, CAP).catch(() => {})
    expectReply(trial, await soon(upload.reply, 'an answer'), 413)
    expectHandled(trial)
  }),
  onSocket('cap: what comes after the 413 of an upload of 64 MiB is not read', async (start) => {
    const trial = await start({ maxBodyBytes: CAP })
    const sent = await sentInAll(trial.url)
    expectThat(sent < KEPT, `less than ${KEPT} bytes to be taken`, `${sent} of ${HUGE}`)
  }),
]

/** Sends on after the answer, until the server hangs up or takes no more. */
async function sentInAll(url: string): Promise<number> {
  const { method, query, headers } = deliveryOf(PLAIN, '')
  const connection = openRaw(url)
  try {
    connection.write(headBytes(url, { method, query, headers: [...headers, ['Content-Length', String(HUGE)]] }))
    connection.write(new Uint8Array(2 * CAP))
    await until(() => statusesIn(connection.received).includes(413), 'an answer 413')
    const piece = new Uint8Array(1_048_576)
    for (let idle = 0; idle < 20 && !connection.isClosed && connection.sentBytes < HUGE; ) {
      const { sentBytes } = connection
      if (idle === 0) connection.write(piece)
      await pause(5)
      idle = connection.sentBytes > sentBytes ? 0 : idle + 1
    }
    return connection.sentBytes
  } finally {
    connection.close()
  }
}
