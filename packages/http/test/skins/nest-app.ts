import 'reflect-metadata'
import {
  All,
  type CanActivate,
  Controller,
  type INestApplication,
  Module,
  Post,
  Req,
  Res,
  UseGuards,
} from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { ExpressAdapter } from '@nestjs/platform-express'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import type { Receiver } from '../../src/index.js'
import { type NestRequest, type NestResponse, toNest, type VerifiedRequest } from '../../src/nest.js'

export type Platform = 'express' | 'fastify'

/** An app with the controllers, and with raw bodies unless told otherwise. */
export function appOf(
  platform: Platform,
  controllers: (new () => object)[],
  { rawBody = true } = {},
): Promise<INestApplication> {
  @Module({ controllers })
  class AppModule {}

  const adapter = platform === 'express' ? new ExpressAdapter() : new FastifyAdapter({ forceCloseConnections: true })
  return NestFactory.create(AppModule, adapter, { forceCloseConnections: true, logger: false, rawBody })
}

export async function listening(app: INestApplication) {
  await app.listen(0, '127.0.0.1')
  const { port } = app.getHttpServer().address()
  return { url: `http://127.0.0.1:${port}/webhooks`, close: () => app.close() }
}

/** A controller that leaves everything to a receiver: all methods, so that 405 is the receiver's. */
export function receiving(receiver: Receiver): new () => object {
  @Controller('webhooks')
  class Webhooks {
    readonly #answer = toNest(receiver)

    @All()
    receive(@Req() request: NestRequest, @Res() response: NestResponse) {
      return this.#answer(request, response)
    }
  }
  return Webhooks
}

/** A controller behind a guard, which handles what that lets pass. */
export function guarded(guard: CanActivate, handle: (request: VerifiedRequest) => unknown): new () => object {
  @Controller('webhooks')
  class Webhooks {
    @Post()
    @UseGuards(guard)
    receive(@Req() request: VerifiedRequest) {
      return handle(request)
    }
  }
  return Webhooks
}
