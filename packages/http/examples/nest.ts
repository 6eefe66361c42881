// Nest, on Express or Fastify: the receiver stands before Nest's own body parsers, and calls a service of the app.
import 'reflect-metadata'
import { autify, createVerifier } from '@countersign/autify'
import { createReceiver, memoryStore } from '@countersign/http'
import { toNest } from '@countersign/http/nest'
import { Injectable, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'

@Injectable()
class TestRuns {
  record(event: unknown) {
    console.info('handled once:', event)
  }
}

@Module({ providers: [TestRuns] })
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: ['error'] })
const verifier = createVerifier(autify(), { keys: process.env.AUTIFY_SECRET })
const receiver = createReceiver(verifier, {
  idempotency: memoryStore(),
  handle: (event) => app.get(TestRuns).record(event),
})
app.use('/webhooks/autify', toNest(receiver))
await app.listen(process.env.PORT ?? 3000)

export const server = app.getHttpServer()
