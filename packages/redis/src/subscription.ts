import { setTimeout as sleep } from 'node:timers/promises'

interface Subscriber {
  on(event: string, listener: (...args: never[]) => void): unknown
}

/** Of ioredis: it connects by itself, and begins to be ready again after each loss of its connection. */
interface IoredisSubscriber extends Subscriber {
  readonly isCluster?: boolean
  duplicate(...args: readonly unknown[]): IoredisSubscriber
  subscribe(channel: string): Promise<unknown>
  disconnect(): void
}

/** Of node-redis. What ends it is `destroy`, and `disconnect` before version 5. */
interface NodeRedisSubscriber extends Subscriber {
  readonly options?: { readonly socket?: object } | undefined
  duplicate(overrides: object): NodeRedisSubscriber
  connect(): Promise<unknown>
  subscribe(channel: string, listener: (message: string) => void): Promise<unknown>
  destroy?(): void
  disconnect(): Promise<unknown>
}

export interface SubscriptionListener {
  message(text: string): void
  /** Called after each time that the subscription began: messages before it may have been missed. */
  subscribed(): void
}

/** Listens to a channel, with a connection of its own. Gives what ends it. It never fails. */
export type Subscribe = (channel: string, listener: SubscriptionListener) => () => void

const LONGEST_PAUSE_MS = 2_000

/** Undefined for a client that cannot give a second connection: a pool. */
export function subscribeWith(client: object): Subscribe | undefined {
  const { duplicate, subscribe, connect, evalSha } = client as Record<string, unknown>
  if (![duplicate, subscribe, connect].every((method) => typeof method === 'function')) return undefined
  return typeof evalSha === 'function'
    ? (channel, listener) => subscribeWithNodeRedis(client as NodeRedisSubscriber, channel, listener)
    : (channel, listener) => subscribeWithIoredis(client as IoredisSubscriber, channel, listener)
}

function subscribeWithIoredis(client: IoredisSubscriber, channel: string, listener: SubscriptionListener): () => void {
  const settings = { lazyConnect: false, enableOfflineQueue: true }
  const subscriber = client.isCluster
    ? client.duplicate([], { ...settings, clusterRetryStrategy: pause })
    : client.duplicate({ ...settings, autoResubscribe: false, retryStrategy: pause })
  subscriber.on('error', ignore)
  subscriber.on('message', (_: string, text: string) => listener.message(text))
  subscriber.on('ready', () => {
    subscriber.subscribe(channel).then(listener.subscribed, ignore)
  })
  return () => subscriber.disconnect()
}

function subscribeWithNodeRedis(
  client: NodeRedisSubscriber,
  channel: string,
  listener: SubscriptionListener,
): () => void {
  let isReady = false
  let isEnded = false
  const reconnectStrategy = (tries: number) => (isEnded ? new Error('ended') : pause(tries))
  const subscriber = client.duplicate({ socket: { ...client.options?.socket, reconnectStrategy } })
  // One function, however often it subscribes: it is then one listener.
  const message = (text: string) => listener.message(text)

  function begin(): void {
    isReady = true
    if (isEnded) end(subscriber).catch(ignore)
    else subscriber.subscribe(channel, message).then(listener.subscribed, ignore)
  }

  async function connect(): Promise<void> {
    // A cluster gives up at once if it reaches no node.
    for (let tries = 1; !isEnded; tries++) {
      try {
        await subscriber.connect()
        break
      } catch {
        await sleep(pause(tries), undefined, { ref: false })
      }
    }
    begin()
    // After a loss. A cluster tells it of each node.
    subscriber.on('ready', begin)
    subscriber.on('node-ready', begin)
  }

  subscriber.on('error', ignore)
  subscriber.on('reconnecting', () => {
    isReady = false
  })
  connect()
  return () => {
    isEnded = true
    // Before version 6, who is ended while connecting keeps the socket that it then gets. So it ends when it has one, or has
    // failed.
    if (isReady) end(subscriber).catch(ignore)
  }
}

async function end(subscriber: NodeRedisSubscriber): Promise<void> {
  if (subscriber.destroy === undefined) await subscriber.disconnect()
  else subscriber.destroy()
}

/** Whatever the client's own settings: a watcher waits for as long as it takes. */
function pause(tries: number): number {
  return Math.min(tries * 100, LONGEST_PAUSE_MS)
}

function ignore(): void {}
