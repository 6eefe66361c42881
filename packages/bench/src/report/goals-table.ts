import type { Judgement } from '../goals.js'
import { ratioText } from './numbers.js'
import type { Table } from './table.js'

export function goalsTable(judgements: readonly Judgement[]): Table {
  return {
    title: 'Goals',
    notes: ['Where a goal is for several, the one that is furthest from the bound decides, and is named.'],
    head: ['goal', 'bound', 'figure', 'of', ''],
    rows: judgements.map(({ goal, worst, holds }) => [
      goal.title,
      `${goal.sense} ${goal.bound}${goal.unit && ` ${goal.unit}`}`,
      worst ? ratioText(worst.value) : 'not measured',
      worst?.of ?? '',
      holds ? 'holds' : '**does not hold**',
    ]),
  }
}
