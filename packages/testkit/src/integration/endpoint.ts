import type { FetchRequest, IdempotencyStore, Verifier } from '@countersign/core'

/** What the receiver under test is made of: `createReceiver(verifier, options)` takes it as it is. */
export interface ReceiverSetup {
  /** The first argument of `createReceiver`. */
  readonly verifier: Verifier<unknown>
  /** The second one. */
  readonly options: {
    /** Handles one delivery, or throws, as the case wants it. */
    readonly handle: (event: unknown, context: ReceiverContext) => Promise<void>
    /** The store that `SkinUnderTest.store` made, perhaps one that fails, or none. */
    readonly idempotency: IdempotencyStore | 'off'
    /** How long a claim holds, in milliseconds. */
    readonly leaseMs?: number
    /** What is done about a delivery that is being handled already. */
    readonly duplicateInFlight?: 'wait' | 'conflict'
    /** What is done about a delivery that cannot be claimed. */
    readonly whenStoreDown?: 'refuse' | 'handle'
    /** Whose delivery it is. */
    readonly tenant?: (request: FetchRequest) => string | undefined
    /** Told of each answer. */
    readonly observe?: (observation: { readonly status: number; readonly outcome: string }) => void
    /** Told of what failed on the side of the receiver. */
    readonly onError: (error: unknown) => void
  }
}

/** What the suite uses of a handler's context. */
export interface ReceiverContext {
  /** What the verifier said. */
  readonly verdict: {
    /** The bytes that were verified. */
    readonly body: Uint8Array
  }
  /** Whose delivery it is, where the case has tenants. */
  readonly tenant?: string | undefined
}

/** A receiver that listens, on a path of its own. */
export interface ListeningEndpoint {
  /** Such as `http://127.0.0.1:49152/webhooks`. The suite adds a query at most. */
  readonly url: string
  /** Stops listening. The suite calls it at the end of each case. */
  close(): Promise<void>
}

/** A receiver that is called, where there is no socket: Lambda, a fetch handler. */
export interface CalledEndpoint {
  /** Hands a request over, in the form that the platform gives it. */
  send(message: SentMessage): Promise<Reply>
  /** Gives up what it holds. The suite calls it at the end of each case. */
  close?(): Promise<void>
}

/** A request of the suite. */
export interface SentMessage {
  /** The HTTP method. */
  readonly method: string
  /** Path and query, such as `/webhooks?tenant=acme`. */
  readonly path: string
  /** In order, repeats apart, in the case in which they were sent. */
  readonly headers: readonly (readonly [string, string])[]
  /** The bytes of the body; none is the empty one. */
  readonly body: Uint8Array
}

/** What the receiver answered. */
export interface Reply {
  /** The HTTP status. */
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>
  /** The body as text: it has to be empty. */
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
