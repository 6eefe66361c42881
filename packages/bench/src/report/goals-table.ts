import type { Judgement } from '../goals.js'
import { ratioText } from './numbers.js'
import type { Table } from './table.js'

export function goalsTable(judgements: readonly Judgement[]): Table {
  return {
    title: 'Goals',
    notes: [
      'Where a goal is for several, the one that is furthest from the bound decides, and is named. The floor is the figure of ' +
        'what nobody does without, measured in the same run: two one-shot hashes, a comparison and a promise; for a malformed ' +
        'header the promise alone, for an import two packages that give on `node:crypto` and do nothing; and for a peer how ' +
        'many times that floor it takes.',
      'By hand: the figure of a function for one vendor alone, AgilePoint for raw bodies and Global Commerce for the others, ' +
        'which does what a verification promises of a body, of a plain object of headers, of time and of comparing, and nothing ' +
        'else; for a peer how many times that it takes. Where even that is past the bound, one pipeline for all will not keep it.',
    ],
    head: ['goal', 'bound', 'figure', 'of', 'floor', 'by hand', ''],
    rows: judgements.map(({ goal, worst, holds }) => [
      goal.title,
      `${goal.sense} ${goal.bound}${goal.unit && ` ${goal.unit}`}`,
      worst ? ratioText(worst.value) : 'not measured',
      worst?.of ?? '',
      worst?.floor === undefined ? '' : ratioText(worst.floor),
      worst?.byHand === undefined ? '' : ratioText(worst.byHand),
      holds ? 'holds' : '**does not hold**',
    ]),
  }
}
