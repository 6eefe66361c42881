import { deliveryOf, eventBody } from './delivery.js'
import { expectHandled, expectReply, expectStatus } from './expect-delivery.js'
import { onSocket, type SocketCase, type Start } from './integration-case.js'
import { beginDelivery, type Framing, writeInPieces } from './piecewise.js'
import type { SocketTrial } from './trial.js'
import { PLAIN } from './vendors.js'
import { createGate, pause, soon, until } from './waiting.js'

/** Long enough for the server to see what the client did. */
const NOTICED_MS = 20

// What is sent before leaving is a delivery in itself, well signed: whoever takes the break for the end handles it.
const CUT = deliveryOf(PLAIN, eventBody(1))
const NEXT = deliveryOf(PLAIN, eventBody(2))

interface Break {
  readonly name: string
  readonly framing: Framing
  readonly isBodyBegun: boolean
  readonly times: number
}

const BREAKS: readonly Break[] = [
  { name: 'within a body of a length that was told', framing: CUT.body.length + 1, isBodyBegun: true, times: 1 },
  { name: 'within a chunked body', framing: 'chunked', isBodyBegun: true, times: 1 },
  { name: 'before the body', framing: CUT.body.length, isBodyBegun: false, times: 1 },
  { name: 'within a chunked body, twenty at the same time', framing: 'chunked', isBodyBegun: true, times: 20 },
]

/** A client that leaves harms nobody but itself. */
export const ABORT_CASES: readonly SocketCase[] = [
  ...BREAKS.map(({ name, framing, isBodyBegun, times }) =>
    onSocket(`abort: ${name}: not handled, waited for no longer, and the next is served`, async (start) => {
      const { trial, begun } = await startCounting(start)
      const uploads = Array.from({ length: times }, () => beginDelivery(trial, CUT, framing))
      if (isBodyBegun) await Promise.all(uploads.map((upload) => upload.write(CUT.body)))
      await pause(NOTICED_MS)
      for (const upload of uploads) upload.abort()
      await expectStatus(trial, NEXT, 200)
      await until(() => trial.observed.length === begun(), 'the receiver to be done with each upload that it began')
      expectHandled(trial, eventBody(2))
    }),
  ),
  onSocket(
    'abort: while the handler runs: it runs to its end, and the retry is not handled again: 200',
    async (start) => {
      const gate = createGate()
      const trial = await start({ handle: () => soon(gate.opened, 'the case to let the handler end') })
      const upload = beginDelivery(trial, CUT, CUT.body.length)
      await writeInPieces(upload, CUT.body, CUT.body.length)
      await until(() => trial.handled.length > 0, 'the handler to run')
      upload.abort()
      await pause(NOTICED_MS)
      gate.open()
      await expectStatus(trial, CUT, 200)
      expectHandled(trial, eventBody(1))
    },
  ),
  onSocket('abort: none, only a pause: others are served meanwhile, and it is served in the end', async (start) => {
    const trial = await start()
    const upload = beginDelivery(trial, CUT, CUT.body.length)
    await upload.write(CUT.body.subarray(0, 5))
    await expectStatus(trial, NEXT, 200)
    await writeInPieces(upload, CUT.body.subarray(5), CUT.body.length)
    expectReply(trial, await soon(upload.reply, 'an answer'), 200)
    expectHandled(trial, eventBody(2), eventBody(1))
  }),
]

/** Counts the deliveries that the receiver has begun: it asks whose each is before it reads the body. */
async function startCounting(start: Start<SocketTrial>): Promise<{ trial: SocketTrial; begun(): number }> {
  let count = 0
  const trial = await start({
    tenant: () => {
      count += 1
      return 'acme'
    },
  })
  return { trial, begun: () => count }
}
