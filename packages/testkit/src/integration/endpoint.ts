import type { FetchRequest, IdempotencyStore, Verifier } from '@countersign/core'

/** What the receiver under test is made of: `createReceiver(verifier, options)` takes it as it is. */
export interface ReceiverSetup {
  readonly verifier: Verifier<unknown>
  readonly options: {
    readonly handle: (event: unknown, context: ReceiverContext) => Promise<void>
    readonly idempotency: IdempotencyStore | 'off'
    readonly leaseMs?: number
    readonly duplicateInFlight?: 'wait' | 'conflict'
    readonly whenStoreDown?: 'refuse' | 'handle'
    readonly tenant?: (request: FetchRequest) => string | undefined
    readonly observe?: (observation: { readonly status: number; readonly outcome: string }) => void
    readonly onError: (error: unknown) => void
  }
}

/** What the suite uses of a handler's context. */
export interface ReceiverContext {
  readonly verdict: { readonly body: Uint8Array }
  readonly tenant?: string | undefined
}

/** A receiver that listens, on a path of its own. */
export interface ListeningEndpoint {
  /** Such as `http://127.0.0.1:49152/webhooks`. The suite adds a query at most. */
  readonly url: string
  close(): Promise<void>
}

/** A receiver that is called, where there is no socket: Lambda, a fetch handler. */
export interface CalledEndpoint {
  /** Hands a request over, in the form that the platform gives it. */
  send(message: SentMessage): Promise<Reply>
  close?(): Promise<void>
}

export interface SentMessage {
  readonly method: string
  /** Path and query, such as `/webhooks?tenant=acme`. */
  readonly path: string
  /** In order, repeats apart, in the case in which they were sent. */
  readonly headers: readonly (readonly [string, string])[]
  readonly body: Uint8Array
}

export interface Reply {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: string
}

/** A skin under test. */
export interface SkinUnderTest {
  /**
   * What `start` and `startParsed` give. Cases that need a socket are left out for `'called'`: broken uploads, pauses, many
   * connections. Default `'listening'`.
   */
  readonly endpoint?: 'listening' | 'called'
  /** Starts a server, or makes what is called, around a receiver of this setup. */
  start(setup: ReceiverSetup): Promise<ListeningEndpoint | CalledEndpoint>
  /** The same where the framework's own body parser has read the body before the receiver gets the request. */
  startParsed?(setup: ReceiverSetup): Promise<ListeningEndpoint | CalledEndpoint>
  /** What the set-up error must name in `startParsed`, such as `express.raw`. Without it only the error's code counts. */
  readonly fix?: string | RegExp
  /** A new, empty store for a receiver. */
  store(): IdempotencyStore
}
