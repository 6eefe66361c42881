import type { Contender } from '../contender.js'
import { sizeOf, timesReference } from '../figures.js'
import { OURS } from '../ours.js'
import { PEERS } from '../peers/index.js'
import type { Results } from '../results.js'
import { ratioText, sizeText } from './numbers.js'

const BYTES = 1024

export interface Bar {
  readonly label: string
  readonly value: number
  readonly isOurs: boolean
}

/** The quickest first. */
export function barsOf({ nodes }: Results): Bar[] {
  const samples = sizeOf(nodes[0]?.speed, BYTES)
  const bar = ({ id, title, hash }: Contender, isOurs: boolean): Bar[] => {
    const summary = timesReference(samples, id, hash)
    const label = isOurs ? `Countersign: ${title.replace(', first slot', '')}` : title.replace(/ \(.*/, '')
    return summary ? [{ label, value: summary.median, isOurs }] : []
  }
  const ours = OURS.flatMap((one) => bar(one, true))
  return [...ours, ...PEERS.flatMap((one) => bar(one, false))].sort((a, b) => a.value - b.value)
}

const WIDTH = 840
const LEFT = 262
const RIGHT = 780
const TOP = 74
const ROW = 26
const TICKS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]

/** Of its own ground, so that it is legible whatever it stands upon. */
const STYLE = `
  text { font: 13px system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif; fill: #1f2328 }
  .ground { fill: #ffffff; stroke: #d1d9e0 }
  .title { font-size: 16px; font-weight: 600 }
  .quiet { fill: #59636e; font-size: 12px }
  .grid { stroke: #d1d9e0 }
  .one { stroke: #59636e; stroke-dasharray: 4 3 }
  .ours { fill: #1a7f64 }
  .peer { fill: #a3acb8 }
  .strong { font-weight: 600 }
  .value { paint-order: stroke; stroke: #ffffff; stroke-width: 4px }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc }
    .ground { fill: #0d1117; stroke: #3d444d }
    .quiet { fill: #9198a1 }
    .grid { stroke: #2a313a }
    .one { stroke: #9198a1 }
    .ours { fill: #3fb68b }
    .peer { fill: #656c76 }
    .value { stroke: #0d1117 }
  }`

/** Bars on a logarithmic axis: the peers' figures are hundreds of times apart. */
export function renderChart(results: Results): string {
  const bars = barsOf(results)
  const values = bars.map(({ value }) => value)
  const ticks = ticksAround(Math.min(1, ...values), Math.max(2, ...values))
  const x = scale(ticks)
  const bottom = TOP + bars.length * ROW
  const subtitle = `Node ${results.nodes[0]?.version}, whole verification, logarithmic axis; shorter is quicker`
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${bottom + 44}" width="${WIDTH}" height="${bottom + 44}" role="img">`,
    `<title>${titleText()}</title>`,
    `<style>${STYLE}\n</style>`,
    `<rect class="ground" x="0.5" y="0.5" width="${WIDTH - 1}" height="${bottom + 43}" rx="6"/>`,
    `<text class="title" x="20" y="30">${titleText()}</text>`,
    `<text class="quiet" x="20" y="51">${escaped(subtitle)}</text>`,
    ...ticks.map((tick) => tickMark(tick, x(tick), bottom)),
    ...bars.map((bar, row) => barMark(bar, TOP + row * ROW, x)),
    '</svg>',
  ].join('\n')}\n`
}

const titleText = () => `One verification of ${sizeText(BYTES)}, in times of one createHmac`

/** From the last below all values to the first above them. */
function ticksAround(least: number, most: number): number[] {
  const first = TICKS.findIndex((tick) => tick >= least) - 1
  const last = TICKS.findIndex((tick) => tick >= most)
  return TICKS.slice(Math.max(0, first), last < 0 ? undefined : last + 1)
}

function scale(ticks: readonly number[]): (value: number) => number {
  const [from, to] = [Math.log(ticks[0] as number), Math.log(ticks.at(-1) as number)]
  return (value) => Math.round((LEFT + ((Math.log(value) - from) / (to - from)) * (RIGHT - LEFT)) * 10) / 10
}

function tickMark(tick: number, x: number, bottom: number): string {
  const line = `<line class="${tick === 1 ? 'one' : 'grid'}" x1="${x}" x2="${x}" y1="${TOP - 4}" y2="${bottom + 4}"/>`
  const text = `<text class="quiet" x="${x}" y="${bottom + 22}" text-anchor="middle">${tick}x</text>`
  return line + text
}

function barMark({ label, value, isOurs }: Bar, top: number, x: (value: number) => number): string {
  const strong = isOurs ? ' strong' : ''
  const middle = top + ROW / 2 + 4.5
  const width = Math.max(1, Math.round((x(value) - LEFT) * 10) / 10)
  return [
    `<text class="label${strong}" x="${LEFT - 10}" y="${middle}" text-anchor="end">${escaped(label)}</text>`,
    `<rect class="${isOurs ? 'ours' : 'peer'}" x="${LEFT}" y="${top + 4}" width="${width}" height="${ROW - 8}" rx="2"/>`,
    `<text class="value${strong}" x="${LEFT + width + 6}" y="${middle}">${ratioText(value)}</text>`,
  ].join('')
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
