import { expect, it } from 'vitest'
import { cachedLoader } from '../src/stores/cached-loader.js'

it('who asks again at once is told why the last load failed, and no other is begun', async () => {
  const down = new Error('connection refused')
  let loads = 0
  const loader = cachedLoader(
    async () => {
      loads += 1
      throw down
    },
    { now: () => 0 },
  )
  for (let asked = 0; asked < 3; asked += 1) {
    await expect(async () => loader.get(false)).rejects.toBe(down)
  }
  expect(loads).toBe(1)
})
