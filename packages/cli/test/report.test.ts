import { describe, expect, it } from 'vitest'
import { CASES } from '../src/drill/cases.js'
import { report } from '../src/drill/report.js'
import { reportTable } from '../src/drill/report-table.js'
import type { CaseResult } from '../src/drill/run-case.js'
import { createTally, type Tally } from '../src/drill/tally.js'
import { legend, lifePicture } from '../src/picture/life-picture.js'
import { timeAxis } from '../src/picture/time-axis.js'
import { colorsFor } from '../src/terminal.js'
import { fakeTerminal } from './streams.js'

const HOUR = 3_600_000
const colors = colorsFor(fakeTerminal().stdout, {})

function resultOf(index: number, tally: Partial<Tally>, more: Partial<CaseResult> = {}): CaseResult {
  const drillCase = CASES[index]
  if (drillCase === undefined) throw new Error('no such case')
  return {
    drillCase,
    tally: { ...createTally(), ...tally },
    from: 0,
    until: 48 * HOUR,
    rotatedAt: [12 * HOUR],
    lostAt: [13 * HOUR],
    promotions: { done: 1, missed: 0 },
    keys: [
      {
        id: 'key-1',
        stretches: [
          { state: 'active', from: 0, until: 14 * HOUR },
          { state: 'retiring', from: 14 * HOUR, until: 14 * HOUR + 1 },
          { state: 'expired', from: 14 * HOUR + 1, until: 40 * HOUR },
        ],
      },
      {
        id: 'key-2',
        stretches: [
          { state: 'staged', from: 6 * HOUR, until: 14 * HOUR },
          { state: 'active', from: 14 * HOUR, until: 48 * HOUR },
        ],
      },
    ],
    ...more,
  }
}

const calm: Partial<Tally> = { sent: 4000, accepted: { staged: 700, active: 2400, retiring: 20 } }
const wrong: Partial<Tally> = { sent: 12_345, lost: 158, wronglyAccepted: 3, wronglyRefused: 12, wronglyNamed: 1 }

describe('the picture', () => {
  it('has a bar for each key on one axis, and shows the shortest state', () => {
    expect(lifePicture(resultOf(2, calm), 61, colors).join('\n')).toMatchInlineSnapshot(`
      "rotated                  ▼
      key-1        ██████████████▒·························
      key-2              ░░░░░░░░██████████████████████████████████
      lost                      ×
                   ├───────────┼───────────┼───────────┼───────────
                   0           12 h        24 h        36 h"
    `)
  })

  it('has no row of losses where nothing was lost', () => {
    const lines = lifePicture(resultOf(2, calm, { lostAt: [] }), 61, colors)
    expect(lines.filter((line) => line.startsWith('lost'))).toEqual([])
  })

  it('has a legend', () => {
    expect(legend(colors)).toMatchInlineSnapshot(
      `"░░ staged   ██ active   ▒▒ retiring   ·· expired   ▼ vendor rotates   × lost"`,
    )
  })

  it.each([
    [HOUR / 2, 40],
    [48 * HOUR, 24],
    [90 * 24 * HOUR, 80],
    [4000 * 24 * HOUR, 80],
  ])('has an axis for %i ms in %i cells', (span, width) => {
    const [ruler, labels] = timeAxis(span, width)
    expect(ruler).toHaveLength(width)
    expect(labels.length).toBeLessThanOrEqual(width)
  })

  it('counts in hours, or in days', () => {
    expect([timeAxis(48 * HOUR, 40)[1], timeAxis(90 * 24 * HOUR, 60)[1]]).toMatchInlineSnapshot(`
      [
        "0         12 h      24 h      36 h",
        "0            20 d         40 d          60 d         80 d",
      ]
    `)
  })
})

describe('the table', () => {
  const results = [resultOf(2, calm), resultOf(3, wrong)]

  it('has a row for each vendor where there is room', () => {
    expect(reportTable(results, 120, colors)).toMatchInlineSnapshot(`
      "                            accepted by key             refused                           wrongly
                                                          no     key too
                         sent  staged active retiring  match expired old  lost  accepted refused named handled
      ───────────────────────────────────────────────────────────────────────────────────────────────────────────────
      Insider           4,000     700  2,400       20      0       0   0     0         0       0     0       0
      Global Commerce  12,345       0      0        0      0       0   0   158         3      12     1       0"
    `)
  })

  it('has a column for each vendor where there is little', () => {
    expect(reportTable(results, 80, colors)).toMatchInlineSnapshot(`
      "                          Insider    Global
                                         Commerce
      ───────────────────────────────────────────
      sent                        4,000    12,345
      accepted by staged key        700         0
      accepted by active key      2,400         0
      accepted by retiring key       20         0
      refused: no match               0         0
      refused: key expired            0         0
      refused: too old                0         0
      lost                            0       158
      wrongly accepted                0         3
      wrongly refused                 0        12
      wrongly named                   0         1
      wrongly handled                 0         0"
    `)
  })

  it('has a place for a reason that was never expected', () => {
    const odd = resultOf(2, { ...calm, refused: { 'no-matching-key': 1, 'malformed-signature': 7 } })
    expect(reportTable([odd], 80, colors)).toMatch(/refused: malformed signature +7/)
  })
})

it('ends with one line that says how it went', () => {
  const ended = (tally: Partial<Tally>, ok: boolean, width: number) => {
    const result = { seed: '42', deliveries: 4000, cases: [resultOf(2, tally)], durationMs: 6149, ok }
    return report(result, width, colors).split('\n\n').at(-1)
  }
  expect(ended(calm, true, 120)).toMatchInlineSnapshot(
    `"✔ 4,000 deliveries, 1 rotations: nothing wrongly refused, accepted or handled (seed 42, 6.1 s)"`,
  )
  expect(ended(wrong, false, 80)).toMatchInlineSnapshot(`
    "✘ 12,345 deliveries, 1 rotations:
      12 wrongly refused, 3 wrongly accepted, 1 wrongly named
      (seed 42, 6.1 s)"
  `)
})
