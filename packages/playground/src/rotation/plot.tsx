import type { KeyState } from '@countersign/core'
import { useRef } from 'preact/hooks'
import type { Traffic } from './delivered.js'
import type { KeyLife } from './stretches.js'
import { momentAt, percentOf, type Range, stepOf, ticks } from './time-scale.js'

const TOP = 34
const ROW = 30
const BAR = 20
const AXIS = 26

export interface PictureProps {
  readonly lives: readonly KeyLife[]
  /** When something was done. */
  readonly actedAt: readonly number[]
  readonly traffic: readonly Traffic[]
  readonly range: Range
  readonly moment: number
  readonly onMoment: (moment: number) => void
}

/** The picture itself. For who does not see it there are the slider, the table and the words beneath. */
export function Plot({ lives, actedAt, traffic, range, moment, onMoment }: PictureProps) {
  const plot = useRef<SVGSVGElement>(null)
  const height = TOP + (lives.length + 1) * ROW
  const x = (at: number) => percent(at, range)
  function drag(event: PointerEvent) {
    const box = plot.current?.getBoundingClientRect()
    if (box === undefined || box.width === 0) return
    onMoment(momentAt((event.clientX - box.left) / box.width, range, stepOf(range)))
  }
  return (
    <svg
      ref={plot}
      class="plot"
      aria-hidden="true"
      width="100%"
      height={height + AXIS}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        drag(event)
      }}
      onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && drag(event)}
    >
      <Axis range={range} height={height} />
      {lives.map(({ id, stretches }, row) =>
        stretches.map(({ state, from, until }) => (
          <Bar key={`${id} ${from}`} kind={state} from={x(from)} width={widthOf(from, until, range)} row={row} />
        )),
      )}
      {traffic.map(({ state, from, until }) => (
        <Bar key={from} kind={state} from={x(from)} width={widthOf(from, until, range)} row={lives.length} />
      ))}
      {actedAt.map((at, index) => (
        <svg key={`${index} ${at}`} class="acted" aria-hidden="true" x={x(at)} y="20" overflow="visible">
          <path d="M-6 0h12L0 10z" />
        </svg>
      ))}
      <svg class="handle" aria-hidden="true" x={x(moment)} overflow="visible">
        <line y1="10" y2={height} />
        <circle cy="10" r="8" />
      </svg>
    </svg>
  )
}

function Axis({ range, height }: { range: Range; height: number }) {
  return (
    <>
      {ticks(range, 6).map(({ at, label }, index) => (
        <g key={at}>
          <line class="tick" x1={percent(at, range)} x2={percent(at, range)} y1={TOP - 6} y2={height} />
          <text
            class={index % 2 === 1 ? 'tick-label spare' : 'tick-label'}
            x={percent(at, range)}
            y={height + 18}
            text-anchor={anchorAt(percentOf(at, range))}
          >
            {label}
          </text>
        </g>
      ))}
    </>
  )
}

const percent = (at: number, range: Range) => `${percentOf(at, range)}%`

function Bar(props: { kind: KeyState | Traffic['state']; from: string; width: string; row: number }) {
  const { kind, from, width, row } = props
  const size = { width: '100%', height: BAR, rx: 3 }
  return (
    <svg aria-hidden="true" x={from} y={TOP + row * ROW + (ROW - BAR) / 2} width={width} height={BAR}>
      <rect class={`bar ${kind}`} {...size} />
      <rect fill={`url(#pattern-${kind})`} {...size} />
      <text class={`bar-label ${roomFor(width)}`} x="7" y={BAR - 6}>
        {kind}
      </text>
    </svg>
  )
}

/** Whether a bar's name has room in it: nowhere, where the page is wide, or anywhere. */
function roomFor(width: string): string {
  const percent = Number.parseFloat(width)
  if (percent < 8) return 'tight'
  return percent < 28 ? 'snug' : ''
}

function widthOf(from: number, until: number, range: Range): string {
  return `${percentOf(until, range) - percentOf(from, range)}%`
}

/** A label at an edge stays inside. */
function anchorAt(percent: number): 'start' | 'middle' | 'end' {
  if (percent < 4) return 'start'
  return percent > 96 ? 'end' : 'middle'
}
