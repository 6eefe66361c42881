import { availableParallelism } from 'node:os'

/** Does the work for each item, as many at a time as there are processors; a promise for each, in the items' order. */
export function inPool(items, work, size = availableParallelism()) {
  const waiting = []
  let free = size
  const release = () => {
    free += 1
    waiting.shift()?.()
  }
  return items.map(async (item) => {
    if (free === 0) await new Promise((turn) => waiting.push(turn))
    free -= 1
    try {
      return await work(item)
    } finally {
      release()
    }
  })
}
