import type { Judgement } from '../goals.js'
import { ratioText } from './numbers.js'
import type { Table } from './table.js'

export function goalsTable(judgements: readonly Judgement[]): Table {
  return {
    title: 'Goals',
    notes: [
      'Where a goal is for several, the one that is furthest from the bound decides, and is named. The floor is the figure of ' +
        'what nobody does without, measured in the same run: two one-shot hashes, a comparison and a promise; for a malformed ' +
        'header the promise alone, for an import two packages that import `node:crypto` and no more; and for a peer how many ' +
        'times that floor it takes.',
    ],
    head: ['goal', 'bound', 'figure', 'of', 'floor', ''],
    rows: judgements.map(({ goal, worst, holds }) => [
      goal.title,
      `${goal.sense} ${goal.bound}${goal.unit && ` ${goal.unit}`}`,
      worst ? ratioText(worst.value) : 'not measured',
      worst?.of ?? '',
      worst?.floor === undefined ? '' : ratioText(worst.floor),
      holds ? 'holds' : '**does not hold**',
    ]),
  }
}
