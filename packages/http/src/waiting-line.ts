/** What can stand in a line, in one at a time. The line itself changes these. */
export interface Standing<Item> {
  line?: WaitingLine<Item> | undefined
  before?: Item | undefined
  after?: Item | undefined
}

/**
 * Items in the order in which they were put into it. A Set keeps that order as well, but finding its first item takes as long
 * as there were others before that have been deleted.
 */
export interface WaitingLine<Item> {
  first?: Item | undefined
  last?: Item | undefined
}

/** Puts an item at the end of a line, out of the one that it stands in. */
export function putLast<Item extends Standing<Item>>(line: WaitingLine<Item>, item: Item): void {
  leave(item)
  item.line = line
  item.before = line.last
  if (line.last === undefined) line.first = item
  else line.last.after = item
  line.last = item
}

export function leave<Item extends Standing<Item>>(item: Item): void {
  const { line, before, after } = item
  if (line === undefined) return
  if (before === undefined) line.first = after
  else before.after = after
  if (after === undefined) line.last = before
  else after.before = before
  item.line = item.before = item.after = undefined
}
