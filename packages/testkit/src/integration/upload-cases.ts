import { deliveryOf, eventBody } from './delivery.js'
import { expectHandled, expectReply } from './expect-delivery.js'
import { onSocket, type SocketCase } from './integration-case.js'
import { beginDelivery, writeInPieces } from './piecewise.js'
import { PLAIN } from './vendors.js'
import { soon } from './waiting.js'

interface Pieces {
  readonly name: string
  readonly body: string
  readonly size: number
  readonly pauseMs?: number
}

const TEXT = '{"text":"Größe 😀"}'
const CHUNKED: readonly Pieces[] = [
  { name: 'byte by byte', body: TEXT, size: 1 },
  { name: 'the bytes of one character with pauses between them', body: '"😀"', size: 1, pauseMs: 10 },
  { name: 'many small pieces, slowly', body: `{"text":"${'Größe '.repeat(60)}"}`, size: 11, pauseMs: 4 },
  { name: '256 KiB in pieces of odd length', body: `{"text":"${'Größe '.repeat(32_768)}"}`, size: 10_007 },
  { name: 'one piece', body: TEXT, size: TEXT.length * 4 },
]

/** A body may come in any pieces, at any speed. */
export const UPLOAD_CASES: readonly SocketCase[] = [
  ...CHUNKED.map(({ name, body, size, pauseMs }) =>
    onSocket(`upload: chunked, ${name}: 200, and the handler sees what was sent`, async (start) => {
      const trial = await start()
      const message = deliveryOf(PLAIN, body)
      const upload = beginDelivery(trial, message, 'chunked')
      await writeInPieces(upload, message.body, size, pauseMs)
      expectReply(trial, await soon(upload.reply, 'an answer'), 200)
      expectHandled(trial, body)
    }),
  ),
  onSocket('upload: of a length that was told, slowly: 200', async (start) => {
    const trial = await start()
    const message = deliveryOf(PLAIN, TEXT)
    const upload = beginDelivery(trial, message, message.body.length)
    await writeInPieces(upload, message.body, 3, 5)
    expectReply(trial, await soon(upload.reply, 'an answer'), 200)
    expectHandled(trial, TEXT)
  }),
  onSocket('upload: chunked and forged: 401', async (start) => {
    const trial = await start()
    const message = deliveryOf(PLAIN, TEXT, { secret: 'another-made-up-secret' })
    const upload = beginDelivery(trial, message, 'chunked')
    await writeInPieces(upload, message.body, 3)
    expectReply(trial, await soon(upload.reply, 'an answer'), 401)
  }),
  onSocket('upload: chunked and empty, well signed: 400 and not 401', async (start) => {
    const trial = await start()
    const upload = beginDelivery(trial, deliveryOf(PLAIN, ''), 'chunked')
    upload.end()
    expectReply(trial, await soon(upload.reply, 'an answer'), 400)
  }),
  onSocket('upload: one that waits for 100 (Continue) is told to go on: 200', async (start) => {
    const trial = await start()
    const message = deliveryOf(PLAIN, eventBody(1))
    const upload = beginDelivery(trial, message, message.body.length, ['Expect', '100-continue'])
    await soon(upload.continued, '100 (Continue)')
    await writeInPieces(upload, message.body, 1000)
    expectReply(trial, await soon(upload.reply, 'an answer'), 200)
    expectHandled(trial, eventBody(1))
  }),
]
