import type { RotationPolicy } from '@countersign/core'
import type { Action } from './life.js'

/** Something to see happen. Moments are milliseconds after the beginning. */
export interface Scenario {
  readonly title: string
  /** What to look at. */
  readonly note: string
  readonly steps: readonly { readonly atMs: number; readonly action: Action }[]
  /** How late the receiver learns, where that is the point. */
  readonly learnsAfterMs?: number
}

const HOUR = 3_600_000
const DAY = 24 * HOUR

const rotation = (atMs: number, options: Extract<Action, { kind: 'rotate' }>['options'] = {}) => ({
  atMs,
  action: { kind: 'rotate' as const, options },
})

/** For each policy, the rotation as it should be, and what the vendor's rules are there to prevent. */
export const SCENARIOS: Readonly<Record<RotationPolicy['kind'], readonly Scenario[]>> = {
  slots: [
    {
      title: 'One slot, then a month later the other',
      note: 'The receiver learns two days late each time. The other slot carries the deliveries meanwhile.',
      steps: [rotation(5 * DAY, { slot: 'primary' }), rotation(36 * DAY, { slot: 'secondary' })],
      learnsAfterMs: 2 * DAY,
    },
    {
      title: 'Both slots at once',
      note: 'The second rotation is refused: a receiver that has not learned the first key yet needs the other slot as it is.',
      steps: [rotation(5 * DAY, { slot: 'primary' }), rotation(5 * DAY, { slot: 'secondary' })],
      learnsAfterMs: 2 * DAY,
    },
    {
      title: 'Both slots at once, by force',
      note: 'Until the receiver learns of it, neither digest fits: everything is lost.',
      steps: [rotation(5 * DAY, { slot: 'primary' }), rotation(5 * DAY, { slot: 'secondary', force: true })],
      learnsAfterMs: 2 * DAY,
    },
  ],
  overlap: [
    {
      title: 'A rotation',
      note: 'For an hour both keys sign, and the receiver may learn at any moment of it.',
      steps: [rotation(HOUR)],
      learnsAfterMs: HOUR / 2,
    },
    {
      title: 'A second one within the hour',
      note: 'It is refused: the vendor would drop the first key before its hour is over.',
      steps: [rotation(HOUR), rotation(1.5 * HOUR)],
    },
    {
      title: 'The receiver learns too late',
      note: 'Once the old key stops signing, nothing fits until the receiver learns.',
      steps: [rotation(HOUR)],
      learnsAfterMs: 2 * HOUR,
    },
  ],
  expiring: [
    {
      title: 'A rotation with twelve hours of grace',
      note: 'Both secrets work throughout. From when on the new one signs is the option above.',
      steps: [rotation(12 * HOUR, { graceMs: 12 * HOUR })],
      learnsAfterMs: 6 * HOUR,
    },
    {
      title: 'Six secrets',
      note: 'The sixth is refused: the vendor keeps five.',
      steps: [6, 8, 10, 12, 14].map((hour) => rotation(hour * HOUR, { graceMs: DAY })),
    },
    {
      title: 'No grace',
      note: 'What the old secret signed is refused from that moment on, and the new one is not known yet.',
      steps: [rotation(12 * HOUR, { graceMs: 0 })],
      learnsAfterMs: 6 * HOUR,
    },
  ],
  swap: [
    {
      title: 'Staged before',
      note: 'The receiver accepts the new key before the vendor switches to it, so it may learn of the switch late.',
      steps: [
        { atMs: DAY, action: { kind: 'stage' } },
        { atMs: 2 * DAY, action: { kind: 'promote', id: 'key-2' } },
      ],
      learnsAfterMs: DAY / 2,
    },
    {
      title: 'Swapped without staging',
      note: 'From the switch until the receiver learns, every delivery is lost.',
      steps: [rotation(2 * DAY)],
      learnsAfterMs: DAY / 2,
    },
    {
      title: 'A key has leaked',
      note: 'A revoked key verifies nothing from then on, retries included.',
      steps: [rotation(DAY), { atMs: 1.5 * DAY, action: { kind: 'revoke', id: 'key-1' } }],
    },
  ],
}

/** How much time the picture shows at least. */
export const SPAN_MS: Readonly<Record<RotationPolicy['kind'], number>> = {
  slots: 60 * DAY,
  overlap: 6 * HOUR,
  expiring: 3 * DAY,
  swap: 5 * DAY,
}

/** How late the receiver may learn of a change. */
export const LEARNS_AFTER: readonly { readonly ms: number; readonly title: string }[] = [
  { ms: 0, title: 'at once' },
  { ms: HOUR / 2, title: '30 minutes later' },
  { ms: 2 * HOUR, title: '2 hours later' },
  { ms: 6 * HOUR, title: '6 hours later' },
  { ms: DAY / 2, title: '12 hours later' },
  { ms: 2 * DAY, title: '2 days later' },
]
