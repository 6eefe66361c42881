import { Session } from 'node:inspector/promises'
import { eventBody, SIZES } from '../bodies.js'
import type { Setting } from '../contender.js'
import { OURS } from '../ours.js'

export interface Profile {
  readonly title: string
  /** By function, the share of the time that it spends itself, not in what it calls. */
  readonly shares: readonly { readonly where: string; readonly share: number }[]
}

const PROFILED = ['agilepoint', 'global-commerce']
const WARM_UP_CALLS = 50_000
const CALLS = 500_000
const INTERVAL_MICROSECONDS = 200
/** What takes less is left to the line of all others. */
const LEAST_SHARE = 0.01

/** Where the time of a verification of the smallest body goes, by V8's own profiler. */
export async function measureProfiles(load: Setting['load']): Promise<Profile[]> {
  const body = Buffer.from(eventBody(SIZES[0]))
  const profiles: Profile[] = []
  for (const contender of OURS.filter(({ id }) => PROFILED.includes(id))) {
    const { mac, attempt } = await contender.prepare({ load, body, text: (given) => String(given) })
    const call = attempt(mac)
    for (let made = 0; made < WARM_UP_CALLS; made += 1) await call()
    profiles.push({ title: contender.title, shares: await profiled(call) })
  }
  return profiles
}

async function profiled(call: () => unknown): Promise<Profile['shares']> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.setSamplingInterval', { interval: INTERVAL_MICROSECONDS })
  await session.post('Profiler.start')
  for (let made = 0; made < CALLS; made += 1) await call()
  const { profile } = await session.post('Profiler.stop')
  session.disconnect()
  return sharesOf(profile)
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
