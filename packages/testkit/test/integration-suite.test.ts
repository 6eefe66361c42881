import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { integrationSuite } from '../src/integration.js'
import { OF_ABORTS } from './skins/defects-of-aborts.js'
import { OF_ANSWERS } from './skins/defects-of-answers.js'
import { OF_BYTES } from './skins/defects-of-bytes.js'
import { OF_HANDLING } from './skins/defects-of-handling.js'
import { OF_HEADERS } from './skins/defects-of-headers.js'
import { tinySkin } from './skins/tiny-skin.js'

const DEFECTIVE = [...OF_BYTES, ...OF_HEADERS, ...OF_ANSWERS, ...OF_HANDLING, ...OF_ABORTS]

const cases = integrationSuite(tinySkin())

describe('a correct skin passes entirely', () => {
  const openBefore = openConnections()
  for (const { name, run } of cases) it(name, run)

  it('and no connection is left open', async () => {
    await vi.waitFor(() => expect(openConnections()).toEqual(openBefore))
  })
})

describe('a defect makes a case fail', () => {
  // The suite is to notice loose rejections, and not whoever runs these tests.
  const listeners = process.listeners('unhandledRejection')
  beforeEach(() => void process.removeAllListeners('unhandledRejection'))
  afterEach(() => {
    for (const listener of listeners) process.on('unhandledRejection', listener)
  })

  it.each(DEFECTIVE)('$defect', async ({ steps, caught }) => {
    const [one] = integrationSuite(tinySkin(steps)).filter(({ name }) => caught.test(name))
    await expect(one?.run()).rejects.toThrow(/^expected .*; saw /)
  })
})

describe('the cases', () => {
  it('have unique names, each of one line', () => {
    const names = cases.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(names.filter((name) => /[\r\n]/.test(name))).toEqual([])
  })

  it('cannot be changed', () => {
    expect(Object.isFrozen(cases)).toBe(true)
    expect(cases.every((one) => Object.isFrozen(one))).toBe(true)
  })

  it('leave out what needs a socket where there is none, and what needs a parser where there is none', () => {
    const { start, store } = tinySkin()
    const names = integrationSuite({ start, store, endpoint: 'called' }).map(({ name }) => name)
    expect(names.filter((name) => /^(upload|abort|connection|parsed): /.test(name))).toEqual([])
    expect(names.length).toBeGreaterThan(100)
  })

  it('say so where a skin starts another kind of endpoint than it says', async () => {
    const [one] = integrationSuite({ ...tinySkin(), endpoint: 'called' })
    await expect(one?.run()).rejects.toThrow("the skin started what listens: say endpoint: 'listening'")
  })

  it('show in a failure what onError was told', async () => {
    const parsed = { ...tinySkin(), start: tinySkin().startParsed as ReturnType<typeof tinySkin>['start'] }
    const [one] = integrationSuite(parsed)
    await expect(one?.run()).rejects.toThrow('expected an answer 200; saw 503, and onError was told: CountersignError')
  })
})

/** Sockets and servers. */
function openConnections(): readonly string[] {
  return process.getActiveResourcesInfo().filter((kind) => kind.startsWith('TCP'))
}
