import { gzipSync } from 'node:zlib'
import { deliveryOf } from './delivery.js'
import { expectHandled, expectStatus } from './expect-delivery.js'
import { anywhere, type IntegrationCase } from './integration-case.js'
import { PLAIN } from './vendors.js'

/** Each makes some framework do something to the body. */
const CONTENT_TYPES = [
  'application/json',
  'application/json; charset=utf-8',
  'application/json; charset=latin1',
  'application/json;charset=UTF-16',
  'application/cloudevents+json',
  'application/x-www-form-urlencoded',
  'application/octet-stream',
  'application/xml',
  'text/plain',
  'text/plain; charset=iso-8859-1',
  'multipart/form-data; boundary=x',
  'multipart/form-data',
  'nonsense',
  ';=,',
  'application/json, text/plain',
]

const BODY = '{"text":"Größe 😀"}\n'

/** What the sender calls it makes no difference: a body is bytes. */
export const CONTENT_TYPE_CASES: readonly IntegrationCase[] = [
  ...[...CONTENT_TYPES, null].map((contentType) =>
    anywhere(`content-type: ${contentType ?? 'none'}: 200, and the handler sees what was sent`, async (start) => {
      const trial = await start()
      await expectStatus(trial, deliveryOf(PLAIN, BODY, { contentType }), 200)
      expectHandled(trial, BODY)
    }),
  ),
  anywhere('content-type: a form that is one, well signed: 400 and not 401', async (start) => {
    const trial = await start()
    const contentType = 'application/x-www-form-urlencoded'
    await expectStatus(trial, deliveryOf(PLAIN, 'b=%7B%22+&a=1&a=2', { contentType }), 400)
    expectHandled(trial)
  }),
  anywhere('content-type: parts that are some, well signed: 400 and not 401', async (start) => {
    const trial = await start()
    const body = '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n'
    await expectStatus(trial, deliveryOf(PLAIN, body, { contentType: 'multipart/form-data; boundary=x' }), 400)
    expectHandled(trial)
  }),
  anywhere(
    'content-encoding: gzip, signed as it is sent: 400 and not 401, for it is not decompressed',
    async (start) => {
      const trial = await start()
      const headers = [['Content-Encoding', 'gzip'] as const]
      await expectStatus(trial, deliveryOf(PLAIN, gzipSync(BODY), { headers }), 400)
      expectHandled(trial)
    },
  ),
]
