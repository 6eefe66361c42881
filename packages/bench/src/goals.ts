import { SIZES } from './bodies.js'
import { byHandId } from './by-hand/index.js'
import type { Hash } from './contender.js'
import {
  contender,
  cpuAdded,
  importTime,
  sizeOf,
  timesByHand,
  timesFloor,
  timesOurs,
  timesReference,
} from './figures.js'
import { PEERS } from './peers/index.js'
import { FLOOR, FLOOR_OF_FIVE, PROMISE } from './references.js'
import type { Results } from './results.js'
import { SCHEMES } from './schemes.js'
import type { Mode } from './sections/http.js'
import { ADAPTERS, BARE_ADAPTER, FORMS } from './sections/imports.js'
import { MALFORMED_SCHEMES, malformedId, RING_SCHEMES, ringId } from './sections/rings.js'
import type { Summary } from './statistics.js'

/** A figure, and what it was measured of. */
interface Figure {
  readonly of: string
  readonly value: number
  /** What it would be if nothing was done but what nobody does without. */
  readonly floor?: number | undefined
  /** What it would be of a function for one vendor, written by hand. */
  readonly byHand?: number | undefined
}

export interface Goal {
  readonly title: string
  readonly bound: number
  readonly sense: 'at most' | 'at least' | 'over'
  readonly unit: '' | '%' | 'kB' | 'ms'
  /** All that has to keep the bound: the one that is furthest from it decides. None where it was not measured. */
  readonly figures: (results: Results) => readonly Figure[]
}

export interface Judgement {
  readonly goal: Goal
  /** What decides. */
  readonly worst: Figure | undefined
  readonly holds: boolean
}

export function judge(goal: Goal, results: Results): Judgement {
  const figures = [...goal.figures(results)].sort((a, b) => a.value - b.value)
  const worst = goal.sense === 'at most' ? figures.at(-1) : figures[0]
  return { goal, worst, holds: worst !== undefined && keeps(worst.value, goal) }
}

function keeps(value: number, { sense, bound }: Goal): boolean {
  if (sense === 'at most') return value <= bound
  return sense === 'at least' ? value >= bound : value > bound
}

const RAW = ['autify', 'insider', 'agilepoint']
const STAMPED_OR_LABELLED = ['global-commerce', 'orange-logic']
/** Written by hand are one of each kind. */
const byHandOf = (id: string) => byHandId(RAW.includes(id) ? 'agilepoint' : 'global-commerce')
const [B200, KIB1, KIB16, ...LARGE] = SIZES

/** What is measured of one Node; the first decides. */
const figure = (of: string, summary: Summary | undefined, floor?: Summary, byHand?: Summary): Figure[] =>
  summary ? [{ of, value: summary.median, floor: floor?.median, byHand: byHand?.median }] : []

const verifying = (ids: readonly string[], sizes: readonly number[]) => (results: Results) =>
  sizes.flatMap((bytes) =>
    ids.flatMap((id) => {
      const one = contender(id)
      const samples = sizeOf(results.nodes[0]?.speed, bytes)
      const times = (id: string, hash = one.hash) => timesReference(samples, id, hash)
      return figure(one.title, times(id), times(FLOOR[one.hash]), times(byHandOf(id), 'sha256'))
    }),
  )

const besidePeers = (sizes: readonly number[], ids?: readonly string[]) => (results: Results) =>
  sizes.flatMap((bytes) =>
    PEERS.filter(({ id }) => !ids || ids.includes(id)).flatMap((peer) => {
      const samples = sizeOf(results.nodes[0]?.speed, bytes)
      return figure(peer.id, timesOurs(samples, peer), timesFloor(samples, peer), timesByHand(samples, peer))
    }),
  )

function ringFigures({ nodes }: Results, scheme: keyof typeof SCHEMES, id: string, floorOf: (hash: Hash) => string) {
  const { rings = {} } = nodes[0] ?? {}
  const { hash } = SCHEMES[scheme]
  const times = (id: string) => timesReference(rings, id, hash)
  return figure(contender(scheme).title, times(id), times(floorOf(hash)))
}

const ratio = { sense: 'at most', unit: '' } as const

export const GOALS: readonly Goal[] = [
  { title: 'verify, raw-body scheme, one key, 200 B', bound: 0.75, ...ratio, figures: verifying(RAW, [B200]) },
  { title: 'verify, raw-body scheme, one key, 1 KiB', bound: 0.85, ...ratio, figures: verifying(RAW, [KIB1]) },
  {
    title: 'verify, timestamp or labels, 200 B',
    bound: 0.95,
    ...ratio,
    figures: verifying(STAMPED_OR_LABELLED, [B200]),
  },
  {
    title: 'verify, timestamp or labels, 1 KiB',
    bound: 0.95,
    ...ratio,
    figures: verifying(STAMPED_OR_LABELLED, [KIB1]),
  },
  { title: 'verify, 16 KiB', bound: 1, ...ratio, figures: verifying([...RAW, ...STAMPED_OR_LABELLED], [KIB16]) },
  {
    title: 'verify, 256 KiB and more',
    bound: 1.05,
    ...ratio,
    figures: verifying([...RAW, ...STAMPED_OR_LABELLED], LARGE),
  },
  {
    title: 'five keys, none matches, 1 KiB',
    bound: 3.4,
    ...ratio,
    figures: (results) =>
      RING_SCHEMES.flatMap((scheme) =>
        ringFigures(results, scheme, ringId(scheme, 5, 'absent'), (hash) => FLOOR_OF_FIVE[hash]),
      ),
  },
  {
    title: 'malformed header, 1 KiB',
    bound: 0.15,
    ...ratio,
    figures: (results) =>
      MALFORMED_SCHEMES.flatMap((scheme) => ringFigures(results, scheme, malformedId(scheme), () => PROMISE)),
  },
  {
    title: 'every peer, up to 16 KiB: times ours',
    bound: 1,
    sense: 'over',
    unit: '',
    figures: besidePeers([B200, KIB1, KIB16]),
  },
  {
    title: 'the quickest peer, 1 KiB: times ours',
    bound: 1.5,
    sense: 'at least',
    unit: '',
    figures: besidePeers([KIB1]),
  },
  ...(
    [
      ['standardwebhooks', 8],
      ['svix', 10],
      ['box-node-sdk', 3.5],
      ['@slack/bolt', 3.5],
    ] as const
  ).map(([id, bound]): Goal => {
    return { title: `${id}, 1 KiB: times ours`, bound, sense: 'at least', unit: '', figures: besidePeers([KIB1], [id]) }
  }),
  {
    title: 'every peer, 256 KiB and more: times ours',
    bound: 0.95,
    sense: 'at least',
    unit: '',
    figures: besidePeers(LARGE),
  },
  {
    title: 'processor time that verification adds, node:http, 1 KiB',
    bound: 17,
    sense: 'at most',
    unit: '%',
    figures: ({ nodes }) => {
      const { http } = nodes[0] ?? {}
      const added = (mode: Mode) => http && cpuAdded(http, 'node', mode)
      return figure('Global Commerce', added('verify'), added('floor'), added('byHand'))
    },
  },
  {
    title: 'adapter with core, browser bundle, minified and gzipped',
    bound: 4,
    sense: 'at most',
    unit: 'kB',
    figures: ({ bundles = [] }) =>
      bundles
        .filter(({ isOurs }) => isOurs)
        .map(({ name, gzipped = Number.POSITIVE_INFINITY }) => ({ of: name, value: gzipped / 1000 })),
  },
  {
    title: 'import of an adapter, over an empty script',
    bound: 7,
    sense: 'at most',
    unit: 'ms',
    figures: ({ nodes }) =>
      ADAPTERS.flatMap((folder) =>
        FORMS.flatMap((form) => {
          const imports = nodes[0]?.imports
          const name = `@countersign/${folder}`
          if (!imports) return []
          return figure(`${name}, ${form}`, importTime(imports, name, form), importTime(imports, BARE_ADAPTER, form))
        }),
      ),
  },
]
