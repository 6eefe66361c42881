import { describe, expect, it } from 'vitest'
import { compareCopies, comparisonTable } from '../src/comparison.js'
import { renderTable } from '../src/report/table.js'

/** A run: rounds of the older and the newer. */
const run = (base: number[], head: number[]) => ({ 'base: autify': base, 'head: autify': head })

describe('the comparison of two commits', () => {
  it('calls worse what is over a quarter slower each time', () => {
    const measured = [run([100, 100, 100], [140, 140, 140]), run([100], [126]), run([100], [200])]
    expect(compareCopies(measured)).toEqual([{ id: 'autify', times: [1.4, 1.26, 2], best: 1.26, isWorse: true }])
  })

  it('lets the best run count, since noise makes either slower', () => {
    const [autify] = compareCopies([run([100], [140]), run([100], [125]), run([100], [200])])
    expect(autify).toMatchObject({ best: 1.25, isWorse: false })
  })

  it('sets rounds beside the same rounds', () => {
    const [autify] = compareCopies([run([100, 1000, 100], [100, 1000, 100])])
    expect(autify?.best).toBe(1)
  })

  it('names the commits, the runs and what is worse', () => {
    const table = comparisonTable(compareCopies([run([1], [2]), run([1], [3])]), { base: 'HEAD~1', head: 'HEAD' })
    expect(renderTable(table)).toBe(
      [
        '## HEAD in times of HEAD~1',
        '',
        'The best of 2 counts; over 1.25 is worse.',
        '',
        '|        | run 1 | run 2 | best |           |',
        '| ------ | ----: | ----: | ---: | --------: |',
        '| autify |  2.00 |  3.00 | 2.00 | **worse** |',
      ].join('\n'),
    )
  })

  it('does not pass over what was measured of one alone', () => {
    expect(() => compareCopies([{ 'base: autify': [1] }])).toThrow('no samples of head: autify')
  })
})
