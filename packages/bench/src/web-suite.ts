// What runs in a Worker and in a page: bundled there, with the modules that it loads, and asked for one turn at a time.
import { eventBody } from './bodies.js'
import { type Contender, proven, type Setting } from './contender.js'
import { SECRET } from './mac.js'
import { OURS } from './ours.js'
import { WEB_PEERS } from './peers/index.js'

export interface Wanted {
  readonly bytes: number
  readonly id: string
  readonly calls: number
}

/** Ours that have a counterpart there: a fixed key, and the whole of `verify`. */
const OURS_THERE = ['autify', 'agilepoint', 'orange-logic', 'global-commerce']

/** Those that are measured by nothing but the MAC, with a key that was imported once. */
export const WEB_REFERENCES = { 'subtle-sha1': 'SHA-1', 'subtle-sha256': 'SHA-256' } as const

export const WEB_CONTENDERS: readonly Contender[] = [...OURS.filter(({ id }) => OURS_THERE.includes(id)), ...WEB_PEERS]

type Call = () => unknown

/** A function that makes the calls that are wanted and gives the milliseconds that they took, as far as there is a clock. */
export function createSuite(modules: Record<string, unknown>): (wanted: Wanted) => Promise<number> {
  const load: Setting['load'] = async (name) => modules[name] as never
  const prepared = new Map<string, Call>()

  async function callOf({ bytes, id }: Wanted): Promise<Call> {
    const name = `${id} ${bytes}`
    const known = prepared.get(name)
    if (known) return known
    const body = new TextEncoder().encode(eventBody(bytes))
    const call = id in WEB_REFERENCES ? await referenceCall(id, body) : await contenderCall(id, body)
    prepared.set(name, call)
    return call
  }

  async function contenderCall(id: string, body: Uint8Array): Promise<Call> {
    const contender = WEB_CONTENDERS.find((one) => one.id === id)
    if (!contender) throw new Error(`no contender ${id}`)
    const decoder = new TextDecoder()
    return proven(contender, await contender.prepare({ load, body, text: (given) => decoder.decode(given) }))
  }

  return async (wanted) => {
    const call = await callOf(wanted)
    const began = performance.now()
    for (let made = 0; made < wanted.calls; made += 1) await call()
    return performance.now() - began
  }
}

async function referenceCall(id: string, body: Uint8Array): Promise<Call> {
  const hash = WEB_REFERENCES[id as keyof typeof WEB_REFERENCES]
  const algorithm = { name: 'HMAC', hash }
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(SECRET), algorithm, false, ['sign'])
  return () => crypto.subtle.sign('HMAC', key, body as Uint8Array<ArrayBuffer>)
}
