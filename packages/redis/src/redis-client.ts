import { CountersignError } from '@countersign/core'
import type { RedisScript } from './redis-script.js'
import { storeFailed } from './store-failed.js'
import { type Subscribe, subscribeWith } from './subscription.js'

/** What is used of a client of ioredis, or of its `Cluster`. */
export interface IoredisClient {
  /** The command EVAL. */
  eval(script: string, numberOfKeys: number, ...keysAndArguments: string[]): Promise<unknown>
  /** The command EVALSHA. */
  evalsha(sha1: string, numberOfKeys: number, ...keysAndArguments: string[]): Promise<unknown>
  /** The command HGET. */
  hget(key: string, field: string): Promise<unknown>
  /** The command HKEYS. */
  hkeys(key: string): Promise<unknown>
  /** The command ZRANGE, with scores. */
  zrange(key: string, start: string, stop: string, withScores: 'WITHSCORES'): Promise<unknown>
}

/** What is used of a client of node-redis, of its pool or its cluster. */
export interface NodeRedisClient {
  /** The command EVAL. */
  eval(script: string, options: NodeRedisEvalOptions): Promise<unknown>
  /** The command EVALSHA. */
  evalSha(sha1: string, options: NodeRedisEvalOptions): Promise<unknown>
  /** The command HGET. */
  hGet(key: string, field: string): Promise<unknown>
  /** The command HKEYS. */
  hKeys(key: string): Promise<unknown>
  /** The command ZRANGE, with scores. */
  zRangeWithScores(key: string, start: number, stop: number): Promise<unknown>
}

/** What node-redis takes beside a script. */
export interface NodeRedisEvalOptions {
  /** `KEYS` of the script. */
  keys: string[]
  /** `ARGV` of the script. */
  arguments: string[]
}

/** A connected client of either library, told apart by its methods. It stays yours: it is never closed here. */
export type RedisClient = IoredisClient | NodeRedisClient

/** The commands that we need, whichever the client. They reject with `store-failed`. */
export interface RedisCommands {
  /** Its reply is a text. */
  run(script: RedisScript, key: string, args: readonly string[]): Promise<string>
  /** Undefined if there is no such key or field. */
  hget(key: string, field: string): Promise<string | undefined>
  hkeys(key: string): Promise<readonly string[]>
  /** The whole of a sorted set. A score is a number, or NaN. */
  zrange(key: string): Promise<readonly (readonly [member: string, score: number])[]>
  /** Undefined for a client of which no second connection can be had. */
  readonly subscribe: Subscribe | undefined
}

/** @throws CountersignError `option-invalid` for what is a client of neither. */
export function redisCommands(client: RedisClient): RedisCommands {
  const calls = callsOf(client)
  return {
    async run({ name, source, sha1 }, key, args) {
      const reply = await asked(name, key, () =>
        calls.evalSha(sha1, key, args).catch((error) => {
          // A server that was started again has forgotten its scripts.
          if (isUnknownScript(error)) return calls.eval(source, key, args)
          throw error
        }),
      )
      return textOf(reply) ?? fail(name, key)
    },
    async hget(key, field) {
      const reply = await asked('HGET', key, () => calls.hget(key, field))
      return reply === null || reply === undefined ? undefined : (textOf(reply) ?? fail('HGET', key))
    },
    async hkeys(key) {
      const reply = await asked('HKEYS', key, () => calls.hkeys(key))
      if (!Array.isArray(reply)) return fail('HKEYS', key)
      return reply.map((field) => textOf(field) ?? fail('HKEYS', key))
    },
    async zrange(key) {
      const reply = await asked('ZRANGE', key, () => calls.zrange(key))
      return reply.map(([member, score]) => [textOf(member) ?? fail('ZRANGE', key), Number(textOf(score) ?? score)])
    },
    subscribe: subscribeWith(client),
  }
}

interface Calls {
  eval(source: string, key: string, args: readonly string[]): Promise<unknown>
  evalSha(sha1: string, key: string, args: readonly string[]): Promise<unknown>
  hget(key: string, field: string): Promise<unknown>
  hkeys(key: string): Promise<unknown>
  /** Pairs of a member and its score. */
  zrange(key: string): Promise<readonly (readonly [unknown, unknown])[]>
}

/** The two clients name their commands differently. */
function callsOf(client: RedisClient): Calls {
  if (has(client, 'evalSha', 'eval', 'hGet', 'hKeys', 'zRangeWithScores')) {
    const redis = client as NodeRedisClient
    return {
      eval: (source, key, args) => redis.eval(source, { keys: [key], arguments: [...args] }),
      evalSha: (sha1, key, args) => redis.evalSha(sha1, { keys: [key], arguments: [...args] }),
      hget: (key, field) => redis.hGet(key, field),
      hkeys: (key) => redis.hKeys(key),
      zrange: async (key) => membersOf(await redis.zRangeWithScores(key, 0, -1)),
    }
  }
  if (has(client, 'evalsha', 'eval', 'hget', 'hkeys', 'zrange')) {
    const redis = client as IoredisClient
    return {
      eval: (source, key, args) => redis.eval(source, 1, key, ...args),
      evalSha: (sha1, key, args) => redis.evalsha(sha1, 1, key, ...args),
      hget: (key, field) => redis.hget(key, field),
      hkeys: (key) => redis.hkeys(key),
      zrange: async (key) => pairsOf(await redis.zrange(key, '0', '-1', 'WITHSCORES')),
    }
  }
  throw new CountersignError('option-invalid', 'the client is neither one of ioredis nor one of node-redis')
}

function has(client: unknown, ...methods: readonly string[]): boolean {
  const record = client as Record<string, unknown> | null | undefined
  return methods.every((method) => typeof record?.[method] === 'function')
}

/** node-redis gives objects. */
function membersOf(reply: unknown): [unknown, unknown][] {
  return (reply as readonly { value: unknown; score: unknown }[]).map(({ value, score }) => [value, score])
}

/** ioredis gives a member and a score, one after the other; pairs of them, if it speaks RESP3. */
function pairsOf(reply: unknown): [unknown, unknown][] {
  const list = (reply as readonly unknown[]).flat()
  return list.flatMap((member, index) => (index % 2 === 0 ? [[member, list[index + 1]]] : []))
}

async function asked<Reply>(command: string, key: string, ask: () => Promise<Reply>): Promise<Reply> {
  try {
    return await ask()
  } catch (cause) {
    throw storeFailed(command, key, cause)
  }
}

function isUnknownScript(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('NOSCRIPT')
}

/** A client may be set to give bytes instead of texts. */
function textOf(reply: unknown): string | undefined {
  if (typeof reply === 'string') return reply
  return reply instanceof Uint8Array ? new TextDecoder().decode(reply) : undefined
}

function fail(command: string, key: string): never {
  throw storeFailed(command, key)
}
