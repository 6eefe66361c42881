import { CountersignError } from '@countersign/core'
import { type ArgumentsHost, Catch, HttpException, type INestApplication } from '@nestjs/common'
import { HttpAdapterHost } from '@nestjs/core'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import type { FastifyInstance } from 'fastify'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createVerifyGuard, type VerifiedRequest } from '../../src/nest.js'
import { BODY, deliver, plainVerifier, signed } from './delivered.js'
import { appOf, guarded, listening } from './nest-app.js'

type Guarding = Parameters<typeof createVerifyGuard<unknown>>[1] & { readonly rawBody?: boolean }

const close: (() => Promise<void>)[] = []
afterEach(() => Promise.all(close.splice(0).map((end) => end())))

async function listeningTo(app: INestApplication) {
  const server = await listening(app)
  close.push(server.close)
  return server.url
}

describe.each(['express', 'fastify'] as const)('the guard of nest on %s', (platform) => {
  const refused = { text: '', headers: { 'content-length': '0' } }

  async function guardedApp({ rawBody = true, ...options }: Guarding = {}, verifier = plainVerifier()) {
    const handle = vi.fn((request: VerifiedRequest) => request.countersign.keyId)
    const onError = vi.fn()
    const guard = createVerifyGuard(verifier, { onError, ...options })
    return { app: await appOf(platform, [guarded(guard, handle)], { rawBody }), handle, onError }
  }

  it('lets a delivery pass, with the verdict on the request', async () => {
    const { app, handle } = await guardedApp()
    const url = await listeningTo(app)
    expect(await deliver(url)).toMatchObject({ status: 201, text: 'key-1' })
    const verdict = handle.mock.lastCall?.[0].countersign
    expect(verdict).toMatchObject({ ok: true, provider: 'plain', event: JSON.parse(BODY) })
    expect(verdict?.text()).toBe(BODY)
    // It leaves repeats to the controller.
    expect(await deliver(url)).toMatchObject({ status: 201 })
    expect(handle).toHaveBeenCalledTimes(2)
  })

  it('answers a refusal itself, with a status and nothing else', async () => {
    const { app, handle, onError } = await guardedApp({}, plainVerifier({ maxBodyBytes: 100 }))
    const url = await listeningTo(app)
    expect(await deliver(url, { headers: signed('{}') })).toMatchObject({ status: 401, ...refused })
    expect(await deliver(url, { headers: { 'content-type': 'application/json' } })).toMatchObject({ status: 401 })
    const long = JSON.stringify({ text: 'x'.repeat(100) })
    expect(await deliver(url, { body: long, headers: signed(long) })).toMatchObject({ status: 413, ...refused })
    const form = { ...signed('a=1'), 'content-type': 'application/x-www-form-urlencoded' }
    expect(await deliver(url, { body: 'a=1', headers: form })).toMatchObject({ status: 400, ...refused })
    expect(handle).not.toHaveBeenCalled()
    expect(onError).not.toHaveBeenCalled()
  })

  it('takes other payloads than JSON where it is told to', async () => {
    const { app, handle } = await guardedApp({ payload: 'any' })
    const form = { ...signed('a=1'), 'content-type': 'application/x-www-form-urlencoded' }
    expect(await deliver(await listeningTo(app), { body: 'a=1', headers: form })).toMatchObject({ status: 201 })
    expect(handle.mock.lastCall?.[0].countersign.text()).toBe('a=1')
  })

  it('asks for the keys of the tenant that the path names', async () => {
    const keys = vi.fn(() => undefined)
    const tenant = ({ url }: { url: string }) => new URL(url).searchParams.get('tenant') ?? undefined
    const { app } = await guardedApp({ tenant }, plainVerifier({ keys }))
    const url = await listeningTo(app)
    expect(await deliver(`${url}?tenant=acme`)).toMatchObject({ status: 401, ...refused })
    expect(keys).toHaveBeenCalledWith(expect.objectContaining({ tenant: 'acme' }))
    expect(await deliver(url)).toMatchObject({ status: 401, ...refused })
  })

  it('answers 503 for what is ours, and tells it', async () => {
    const cause = new Error('the vault is sealed')
    const { app, onError } = await guardedApp({}, plainVerifier({ keys: () => Promise.reject(cause) }))
    const answer = await deliver(await listeningTo(app))
    expect(answer).toMatchObject({ status: 503, text: '', headers: { 'retry-after': '10' } })
    expect(onError).toHaveBeenCalledWith(expect.objectContaining({ code: 'key-source-failed', cause }))
  })

  it('names the mend where Nest has thrown the bytes away', async () => {
    const { app, handle, onError } = await guardedApp({ rawBody: false })
    expect(await deliver(await listeningTo(app))).toMatchObject({ status: 503, ...refused })
    const [error] = onError.mock.lastCall ?? []
    expect(error).toBeInstanceOf(CountersignError)
    expect(error.message).toContain('NestFactory.create(AppModule, { rawBody: true })')
    expect(handle).not.toHaveBeenCalled()
  })

  it('keeps its answer where an exception filter of the app answers everything', async () => {
    const { app } = await guardedApp()
    // As Nest's own documentation has it.
    @Catch()
    class AllExceptionsFilter {
      catch(exception: unknown, host: ArgumentsHost) {
        const { httpAdapter } = app.get(HttpAdapterHost)
        const status = exception instanceof HttpException ? exception.getStatus() : 500
        httpAdapter.reply(host.switchToHttp().getResponse(), { statusCode: status }, status)
      }
    }
    app.useGlobalFilters(new AllExceptionsFilter())
    const url = await listeningTo(app)
    for (let count = 0; count < 10; count++) {
      expect(await deliver(url, { headers: signed('{}') })).toMatchObject({ status: 401, ...refused })
    }
    expect(await deliver(url)).toMatchObject({ status: 201 })
  })
})

describe('the guard of nest on fastify', () => {
  it('verifies text where Nest is told to keep it, as its error says', async () => {
    const onError = vi.fn()
    const guard = createVerifyGuard(plainVerifier(), { onError })
    const headers = { ...signed(), 'content-type': 'text/plain' }
    for (const isKept of [false, true]) {
      const app = (await appOf('fastify', [guarded(guard, () => 'handled')])) as NestFastifyApplication
      if (isKept) app.useBodyParser('text/plain')
      expect(await deliver(await listeningTo(app), { headers })).toMatchObject({ status: isKept ? 201 : 503 })
    }
    expect(onError).toHaveBeenCalledTimes(1)
    expect(onError.mock.lastCall?.[0].message).toContain("app.useBodyParser('text/plain')")
  })

  it('answers through the onSend hooks, and only once', async () => {
    const guard = createVerifyGuard(plainVerifier())
    const app = await appOf('fastify', [guarded(guard, () => 'handled')])
    const onSend = vi.fn()
    const fastify: FastifyInstance = app.getHttpAdapter().getInstance()
    fastify.addHook('onSend', async (_request, reply, payload) => {
      onSend()
      await new Promise((resume) => setTimeout(resume, 5))
      reply.header('x-request-id', '1')
      return payload
    })
    const answer = await deliver(await listeningTo(app), { headers: signed('{}') })
    expect(answer).toMatchObject({ status: 401, text: '', headers: { 'x-request-id': '1' } })
    expect(onSend).toHaveBeenCalledTimes(1)
  })
})
