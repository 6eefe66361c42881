import { Session } from 'node:inspector/promises'
import { eventBody, SIZES } from '../bodies.js'
import { BY_HAND, byHandId } from '../by-hand/index.js'
import type { Contender, Setting } from '../contender.js'
import { contender } from '../figures.js'
import { OURS } from '../ours.js'

export interface Profile {
  readonly title: string
  /** What a call took meanwhile. */
  readonly nanoseconds: number
  /** By function, the share of the time that it spends itself, not in what it calls. */
  readonly shares: readonly { readonly where: string; readonly share: number }[]
}

/** Each of ours, and the function by hand beside it. */
const PROFILED = (['agilepoint', 'global-commerce'] as const).flatMap((id) => [id, byHandId(id)])
const WARM_UP_CALLS = 50_000
const CALLS = 500_000
const INTERVAL_MICROSECONDS = 200
/** What takes less is left to the line of all others. */
const LEAST_SHARE = 0.01

/** Where the time of a verification of the smallest body goes, by V8's own profiler, once all schemes have been verified. */
export async function measureProfiles(load: Setting['load']): Promise<Profile[]> {
  const calls = new Map<string, () => unknown>()
  for (const one of [...OURS, ...BY_HAND]) calls.set(one.id, await warmCall(one, load))
  const profiles: Profile[] = []
  for (const id of PROFILED) {
    profiles.push({ title: contender(id).title, ...(await profiled(calls.get(id) as () => unknown)) })
  }
  return profiles
}

async function warmCall({ prepare }: Contender, load: Setting['load']): Promise<() => unknown> {
  const body = Buffer.from(eventBody(SIZES[0]))
  const { mac, attempt } = await prepare({ load, body, text: String })
  const call = attempt(mac)
  for (let made = 0; made < WARM_UP_CALLS; made += 1) await call()
  return call
}

async function profiled(call: () => unknown): Promise<Omit<Profile, 'title'>> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.setSamplingInterval', { interval: INTERVAL_MICROSECONDS })
  await session.post('Profiler.start')
  const began = performance.now()
  for (let made = 0; made < CALLS; made += 1) await call()
  const nanoseconds = ((performance.now() - began) / CALLS) * 1e6
  const { profile } = await session.post('Profiler.stop')
  session.disconnect()
  return { nanoseconds, shares: sharesOf(profile) }
}

interface CpuProfile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: { functionName: string; url: string } }[]
  readonly samples?: readonly number[] | undefined
  readonly timeDeltas?: readonly number[] | undefined
}

export function sharesOf({ nodes, samples = [], timeDeltas = [] }: CpuProfile): Profile['shares'] {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]))
  const times = new Map<string, number>()
  let whole = 0
  for (const [index, id] of samples.entries()) {
    const name = names.get(id) ?? ''
    const time = timeDeltas[index] ?? 0
    times.set(name, (times.get(name) ?? 0) + time)
    whole += time
  }
  const shares = [...times].map(([where, time]) => ({ where, share: time / whole }))
  const told = shares.filter(({ share }) => share >= LEAST_SHARE).sort((one, other) => other.share - one.share)
  const rest = told.reduce((left, { share }) => left - share, 1)
  return [...told, { where: 'all others', share: Math.max(rest, 0) }]
}

/** A file's last name only: a machine's folders are nobody's business. */
function nameOf({ functionName, url }: { functionName: string; url: string }): string {
  const name = functionName || '(anonymous)'
  if (name.startsWith('(') && !url) return name
  const file = url.startsWith('node:') ? url : (url.split('/packages/').at(-1)?.split('/')[0] ?? '')
  return `${name}, ${file || 'built in'}`
}
