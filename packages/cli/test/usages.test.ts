/**
 * The ten usages that the API is made for, compiled against the types and run; and below, what must not compile.
 */
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { agilePoint } from '@countersign/agilepoint'
import {
  autify,
  createVerifier,
  defineProvider,
  keyring,
  rotate,
  secret,
  sign,
  stage,
  statusOf,
  type Verdict,
} from '@countersign/autify'
import { type AutifyEvent, autifyEvents } from '@countersign/autify/events'
import { globalCommerce } from '@countersign/global-commerce'
import { orangeLogic } from '@countersign/orange-logic'
import { describe, expect, expectTypeOf, test } from 'vitest'

const SECRET = 'b2f82af62f9980f6b01e1cd7e716230d0a063f58'
const NEXT = '7d38cdd689735b008b3c702edd92eea23791c5f6'
const body = '{"action":"passed","id":1}'
const url = 'https://shop.example/hook'

function post(headers: Record<string, string>, given: string = body): Request {
  return new Request(url, { method: 'POST', headers, body: given })
}

describe('the ten usages', () => {
  test('1. one secret from the environment', async () => {
    const env: Record<string, string | undefined> = { AUTIFY_SECRET: SECRET }
    const verifier = createVerifier(autify(), { keys: env.AUTIFY_SECRET })
    const verdict = await verifier.verify(post(await sign(autify(), SECRET, body)))
    if (!verdict.ok) throw new Error(`${verdict.reason}: ${verdict.detail}`)
    expectTypeOf(verdict.event).toBeUnknown()
    expect([verdict.event, verdict.keyId, verdict.keyState]).toEqual([{ action: 'passed', id: 1 }, 'key-1', 'active'])
  })

  test('2. two while rotating', async () => {
    const env: Record<string, string | undefined> = { NEW: NEXT, OLD: undefined }
    const verifier = createVerifier(orangeLogic(), { keys: [env.OLD, env.NEW] })
    expect(await verifier.verify(post(await sign(orangeLogic(), NEXT, body)))).toMatchObject({
      ok: true,
      keyId: 'key-1',
    })
  })

  test('3. slots', async () => {
    const provider = agilePoint({ headers: { primary: 'X-Primary', secondary: 'X-Secondary' } })
    const keys = { primary: SECRET, secondary: NEXT }
    const verifier = createVerifier(provider, { keys })
    expect(await verifier.verify(post(await sign(provider, keys, body)))).toMatchObject({ ok: true, keyId: 'primary' })
  })

  test('4. rotation without a restart', async () => {
    let ring = keyring([{ id: 'key-1', secret: SECRET }])
    const verifier = createVerifier(autify(), { keys: async () => ring })
    expect(await verifier.verify(post(await sign(autify(), NEXT, body)))).toMatchObject({ ok: false })
    ring = stage(ring, { id: 'key-2', secret: NEXT })
    expect(await verifier.verify(post(await sign(autify(), NEXT, body)))).toMatchObject({
      ok: true,
      keyState: 'staged',
    })
  })

  test('5. Express, with the raw body', async () => {
    const verifier = createVerifier(autify(), { keys: SECRET })
    // What `express.raw({ type: '*/*' })` hands over: Node's headers and a Buffer.
    const receive = async (req: { headers: NodeJS.Dict<string | string[]>; body: Buffer }) => {
      const verdict = await verifier.verify({ headers: req.headers, body: req.body })
      return verdict.ok ? 200 : statusOf(verdict)
    }
    const server = createServer((req, res) => {
      const chunks: Buffer[] = []
      req.on('data', (chunk) => chunks.push(chunk))
      req.on('end', async () => {
        res.statusCode = await receive({ headers: req.headers, body: Buffer.concat(chunks) })
        res.end()
      })
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const headers = await sign(autify(), SECRET, body)
    expect((await fetch(address, { method: 'POST', headers, body })).status).toBe(200)
    expect((await fetch(address, { method: 'POST', headers, body: `${body} ` })).status).toBe(401)
    server.close()
  })

  test('6. a web-standard handler', async () => {
    const verifier = createVerifier(globalCommerce(), { keys: SECRET, maxBodyBytes: 1000 })
    const POST = async (request: Request) => {
      const verdict = await verifier.verify(request)
      return new Response(null, { status: verdict.ok ? 200 : statusOf(verdict) })
    }
    const headers = await sign(globalCommerce(), SECRET, body)
    expect((await POST(post(headers))).status).toBe(200)
    expect((await POST(post({}))).status).toBe(401)
    expect((await POST(post(headers, 'x'.repeat(1001)))).status).toBe(413)
  })

  test('7. Lambda, base64 and all', async () => {
    const verifier = createVerifier(autify(), { keys: SECRET })
    const handler = async (event: {
      headers: Record<string, string | undefined>
      body: string | null
      isBase64Encoded: boolean
    }) => {
      const raw = event.isBase64Encoded ? Buffer.from(event.body ?? '', 'base64') : event.body
      const verdict = await verifier.verify({ headers: event.headers, body: raw })
      return { statusCode: verdict.ok ? 200 : statusOf(verdict) }
    }
    const headers = await sign(autify(), SECRET, body)
    const base64 = Buffer.from(body).toString('base64')
    expect(await handler({ headers, body, isBase64Encoded: false })).toEqual({ statusCode: 200 })
    expect(await handler({ headers, body: base64, isBase64Encoded: true })).toEqual({ statusCode: 200 })
    expect(await handler({ headers, body: base64, isBase64Encoded: false })).toEqual({ statusCode: 401 })
  })

  test('8. typed events', async () => {
    const verifier = createVerifier(autify(), { keys: SECRET, schema: autifyEvents })
    const verdict = await verifier.verify(post(await sign(autify(), SECRET, body)))
    expectTypeOf(verdict).toEqualTypeOf<Verdict<AutifyEvent>>()
    if (!verdict.ok) throw new Error(verdict.detail)
    expectTypeOf(verdict.event).toEqualTypeOf<AutifyEvent>()
  })

  test('9. a test that signs', async () => {
    const { ring } = rotate(keyring([{ id: 'key-1', secret: SECRET }]), orangeLogic(), { secret: NEXT })
    const headers = await sign(orangeLogic(), ring, body)
    expect(headers['X-ol-signature']).toMatch(/^v1,\S{44} v1a,\S{44}$/)
    for (const keys of [SECRET, NEXT, ring]) {
      expect(await createVerifier(orangeLogic(), { keys }).verify({ headers, body })).toMatchObject({ ok: true })
    }
  })

  test('10. a vendor of one’s own, for many tenants', async () => {
    const acme = defineProvider({
      id: 'acme',
      title: 'Acme',
      docs: 'https://acme.example/webhooks',
      scheme: {
        kind: 'hmac',
        hash: 'sha512',
        signature: { header: 'Acme-Sig', encoding: 'hex' },
        signed: ({ body: raw }) => [raw],
      },
      rotation: { kind: 'swap', defaultGraceMs: 0 },
    })
    const secrets = new Map([['one', secret(SECRET, { encoding: 'hex' })]])
    const verifier = createVerifier(acme, { keys: ({ tenant = '' }) => secrets.get(tenant) })
    const headers = { 'acme-sig': createHmac('sha512', Buffer.from(SECRET, 'hex')).update(body).digest('hex') }
    expect(await verifier.verify({ headers, body }, { tenant: 'one' })).toMatchObject({ ok: true })
    expect(await verifier.verify({ headers, body }, { tenant: 'two' })).toMatchObject({ reason: 'unknown-tenant' })
  })
})

/** Compiled, never run: each line below its mark must be an error of types. */
export function mustNotCompile(): void {
  const slotted = agilePoint({ headers: { both: 'X-Both', separator: ',' } })
  // @ts-expect-error the vendor does not publish its header names
  agilePoint()
  // @ts-expect-error one header needs a separator
  agilePoint({ headers: { both: 'X-Both' } })
  // @ts-expect-error there is no such slot
  createVerifier(slotted, { keys: { tertiary: SECRET } })
  // @ts-expect-error Autify has no slots
  createVerifier(autify(), { keys: { primary: SECRET } })
  // @ts-expect-error keys are not optional
  createVerifier(autify(), {})
  // @ts-expect-error a number is no secret
  createVerifier(autify(), { keys: 5 })
  // @ts-expect-error an encoding that nobody has
  secret(SECRET, { encoding: 'base32' })
  // @ts-expect-error MD5 is no hash of ours
  agilePoint({ headers: { primary: 'a', secondary: 'b' }, hash: 'md5' })
  // @ts-expect-error a policy has a kind
  defineProvider({ id: 'a', title: 'a', docs: 'a', scheme: { kind: 'token', header: 'x' }, rotation: {} })
  // @ts-expect-error an accepted delivery has no reason
  expectTypeOf<Extract<Verdict, { ok: true }>>().toHaveProperty('reason')
  const verdict = {} as Verdict
  // @ts-expect-error the event is there only once the verdict is known to be ok
  verdict.event
  // @ts-expect-error a status is for refusals
  statusOf(verdict)
}
