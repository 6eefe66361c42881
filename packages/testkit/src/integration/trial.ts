import { Agent } from 'node:http'
import { createVerifier, type IdempotencyStore, type VerifierOptions } from '@countersign/core'
import { expectNothingTold } from './answer-text.js'
import { deliveryHeaders, type Message } from './delivery.js'
import type { CalledEndpoint, ListeningEndpoint, ReceiverSetup, Reply, SkinUnderTest } from './endpoint.js'
import { beginUpload } from './upload.js'
import { NOW, PLAIN, type Vendor } from './vendors.js'
import { soon } from './waiting.js'

/** What is special about a receiver. */
export interface TrialSetup
  extends Partial<Pick<VerifierOptions<unknown>, 'keys' | 'schema' | 'maxBodyBytes'>>,
    Pick<ReceiverSetup['options'], 'duplicateInFlight' | 'whenStoreDown' | 'tenant'> {
  /** Default: PLAIN, with its own secret. */
  readonly vendor?: Vendor
  /** Runs in the handler, which counts its runs from 1. */
  readonly handle?: (run: number) => Promise<void>
  /** Instead of a new store of the skin's: none, or one made of that. */
  readonly store?: 'off' | ((own: IdempotencyStore) => IdempotencyStore)
}

/** What a handler was called with. */
interface Handled {
  readonly event: unknown
  readonly body: Uint8Array
  readonly tenant: string | undefined
}

/** A receiver that was started, and what became known of it. */
export interface Trial {
  readonly handled: readonly Handled[]
  /** What `onError` was told. */
  readonly errors: readonly unknown[]
  /** The statuses that `observe` was told. */
  readonly observed: readonly number[]
  send(message: Message): Promise<Reply>
  close(): Promise<void>
}

/** One that listens. */
export interface SocketTrial extends Trial {
  readonly url: string
  /** For connections that are kept. They end with the trial. */
  readonly agent: Agent
}

/** Records what a receiver does. */
interface Records {
  readonly handled: Handled[]
  readonly errors: unknown[]
  readonly observed: number[]
}

/** Starts what `begin` starts, around a receiver of this setup. */
export async function startTrial(
  skin: SkinUnderTest,
  begin: SkinUnderTest['start'],
  setup: TrialSetup,
): Promise<Trial | SocketTrial> {
  const records: Records = { handled: [], errors: [], observed: [] }
  const endpoint = await soon(begin(receiverSetup(skin, setup, records)), 'the endpoint to start')
  const isCalled = 'send' in endpoint
  if (isCalled !== (skin.endpoint === 'called')) {
    await endpoint.close?.()
    throw new Error(`the skin started what ${isCalled ? 'is called' : 'listens'}: say endpoint: '${kindOf(isCalled)}'`)
  }
  return isCalled ? { ...records, ...calledTrial(endpoint) } : { ...records, ...listeningTrial(endpoint) }
}

function kindOf(isCalled: boolean): SkinUnderTest['endpoint'] {
  return isCalled ? 'called' : 'listening'
}

function receiverSetup(skin: SkinUnderTest, setup: TrialSetup, records: Records): ReceiverSetup {
  const { vendor = PLAIN, keys = vendor.secret, schema, maxBodyBytes, handle, store, ...options } = setup
  return {
    verifier: createVerifier(vendor.provider, { keys, schema, maxBodyBytes, now: () => NOW }),
    options: {
      ...options,
      handle: async (event, { verdict, tenant }) => {
        // A copy: whose memory it is, and what becomes of it, is up to the skin.
        records.handled.push({ event, body: Uint8Array.from(verdict.body), tenant })
        await handle?.(records.handled.length)
      },
      idempotency: store === 'off' ? 'off' : (store ?? same)(skin.store()),
      observe: ({ status }) => records.observed.push(status),
      onError: (error) => records.errors.push(error),
    },
  }
}

function same(own: IdempotencyStore): IdempotencyStore {
  return own
}

function calledTrial(endpoint: CalledEndpoint): Pick<Trial, 'send' | 'close'> {
  return {
    send: async (message) => {
      const { method, query, body } = message
      const headers = [['Host', 'receiver.example'] as const, ...deliveryHeaders(message)]
      const answered = endpoint.send({ method, path: `/webhooks${query}`, headers, body })
      return expectNothingTold(await soon(answered, 'an answer'))
    },
    close: () => soon(endpoint.close?.() ?? Promise.resolve(), 'the endpoint to close'),
  }
}

function listeningTrial(endpoint: ListeningEndpoint): Pick<SocketTrial, 'url' | 'agent' | 'send' | 'close'> {
  const { url } = endpoint
  const agent = new Agent({ keepAlive: true })
  return {
    url,
    agent,
    send: async (message) => {
      const upload = beginUpload(url + message.query, { ...message, headers: deliveryHeaders(message) }, agent)
      if (message.body.length > 0) upload.write(message.body).catch(() => {})
      upload.end()
      return soon(upload.reply, 'an answer')
    },
    close: () => {
      agent.destroy()
      return soon(endpoint.close(), 'the endpoint to close')
    },
  }
}
