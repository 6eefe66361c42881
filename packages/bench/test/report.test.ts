import { describe, expect, it } from 'vitest'
import { GOALS, judge } from '../src/goals.js'
import { barsOf, renderChart } from '../src/report/chart.js'
import { nanosecondsText, ratioText, sizeText, summaryText } from '../src/report/numbers.js'
import { profileTables } from '../src/report/profile-table.js'
import { renderResults, resultTables } from '../src/report/results-page.js'
import { renderTable } from '../src/report/table.js'
import type { Results } from '../src/results.js'

const samples = {
  'createHmac-sha1': [100, 100, 100],
  'createHmac-sha256': [100, 100, 100],
  'floor-sha256': [40, 45, 50],
  autify: [60, 65, 70],
  agilepoint: [80, 80, 80],
  'agilepoint-by-hand': [60, 60, 60],
  twilio: [20_000, 20_000, 20_000],
  '@slack/bolt': [400, 410, 420],
}
const results: Results = {
  date: '2026-11-28T12:00:00.000Z',
  machine: { cpu: 'a cpu', cores: 2, memoryGib: 24, os: 'an os', load: 0.25 },
  nodes: [{ version: '24.0.0', speed: { sizes: [{ bytes: 1024, samples }], left: { svix: 'it is gone' } } }],
  installs: [{ name: '@countersign/autify', isOurs: true, packages: 2, bytes: 700_000 }],
}

describe('a table', () => {
  it('is Markdown, and aligned for a terminal', () => {
    const rows = [
      ['a', '1'],
      ['long name', '10.5'],
    ]
    expect(renderTable({ title: 'T', notes: ['N.'], head: ['', 'x'], rows })).toBe(
      ['## T', 'N.', '|           |    x |\n| --------- | ---: |\n| a         |    1 |\n| long name | 10.5 |'].join(
        '\n\n',
      ),
    )
  })

  it('has numbers of three digits, sizes and times in their units', () => {
    expect([0.714, 7.14, 71.4, 714].map(ratioText)).toEqual(['0.71', '7.14', '71.4', '714'])
    expect([200, 16 * 1024, 8 * 1024 ** 2].map(sizeText)).toEqual(['200 B', '16 KiB', '8 MiB'])
    expect([714, 7140, 7_140_000].map(nanosecondsText)).toEqual(['714 ns', '7.14 us', '7.14 ms'])
    expect(summaryText({ median: 1, lower: 0.9, upper: 1.1 })).toBe('1.00 (0.90-1.10)')
    expect(summaryText(undefined)).toBe('not run')
  })
})

it('other ways to call ours have a table of their own', () => {
  const ways = {
    sizes: [{ bytes: 1024, samples: { ...samples, 'global-commerce-request': [500, 500, 500] } }],
    left: { 'global-commerce-event': 'it is gone' },
  }
  const { installs: _, ...bare } = results
  const [table, ...others] = resultTables({ ...bare, nodes: [{ version: '24.0.0', ways }] })
  expect(others).toEqual([])
  expect(table).toMatchObject({ title: 'Other ways, in times of one createHmac: Node 24.0.0', head: ['', '1 KiB'] })
  expect(table?.rows).toContainEqual(['Global Commerce, from a `Request`', '5.00 (5.00-5.00)'])
  expect(table?.rows).toContainEqual(['AgilePoint, first slot', '0.80 (0.80-0.80)'])
  expect(table?.notes).toContain('Not run: global-commerce-event: it is gone')
})

it('a profile says what a function takes of the time, and of a call', () => {
  const profiles = [{ title: 'Autify', nanoseconds: 2000, shares: [{ where: 'match, core', share: 0.25 }] }]
  expect(profileTables({ version: '24.0.0', profiles })).toMatchObject([
    {
      title: 'Where the time goes, Autify, 200 B: Node 24.0.0',
      notes: [expect.stringMatching(/^2\.00 us a call/)],
      rows: [['match, core', '25.0 %', '500 ns']],
    },
  ])
})

describe('the results', () => {
  const page = renderResults(
    results,
    GOALS.map((goal) => judge(goal, results)),
  )

  it('begin with the machine and the goals, each beside its bound', () => {
    expect(page).toContain(
      '- Date: 2026-11-28\n- Machine: a cpu, 2 cores, 24 GiB, an os; load average before the run: 0.3',
    )
    expect(page).toMatch(
      /\| verify, raw-body scheme, one key, 1 KiB +\| +at most 0\.85 \| +0\.80 \| AgilePoint, first slot \| +0\.45 \| +0\.60 \| +holds \|/,
    )
    expect(page).toMatch(
      /\| malformed header, 1 KiB +\| +at most 0\.15 \| not measured \| +\| +\| +\| \*\*does not hold\*\* \|/,
    )
    expect(page.indexOf('## Goals')).toBeLessThan(page.indexOf('## The peers'))
  })

  it('have a row for each contender, and say what was not run, and why', () => {
    expect(page).toMatch(/\| \*\*Autify\*\* +\| 0\.65 \(0\.63-0\.68\) \|/)
    expect(page).toContain('Not run: svix: it is gone')
    expect(page).toMatch(/\| \*\*@countersign\/autify\*\* \| +2 \| 0\.70 \|/)
  })
})

describe('the chart', () => {
  it('has a bar for each, the quickest first, ours apart', () => {
    expect(barsOf(results)).toEqual([
      { label: 'Countersign: Autify', value: 0.65, isOurs: true },
      { label: 'Countersign: AgilePoint', value: 0.8, isOurs: true },
      { label: '@slack/bolt', value: 4.1, isOurs: false },
      { label: 'twilio', value: 200, isOurs: false },
    ])
  })

  it('is drawn on a logarithmic axis that holds all of them', () => {
    const svg = renderChart(results)
    const ticks = [...svg.matchAll(/>([\d.]+)x</g)].map(([, tick]) => Number(tick))
    expect(ticks).toEqual([0.5, 1, 2, 5, 10, 20, 50, 100, 200])
    const widths = [...svg.matchAll(/class="(?:ours|peer)".*? width="([\d.]+)"/g)].map(([, wide]) => Number(wide))
    expect(widths).toHaveLength(4)
    expect(widths.at(-1)).toBe(518)
    // From 0.5 to 200 is a factor of 400; 4.1 stands at 8.2 of it.
    expect(widths[2]).toBeCloseTo((518 * Math.log(8.2)) / Math.log(400), 0)
  })
})
