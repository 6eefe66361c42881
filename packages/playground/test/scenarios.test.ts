import { describe, expect, it } from 'vitest'
import { initialChoice, PROVIDERS, providerOf } from '../src/provider/providers.js'
import { sentAt, traffic } from '../src/rotation/delivered.js'
import { act, type Life, newLife } from '../src/rotation/life.js'
import { SCENARIOS, SPAN_MS } from '../src/rotation/scenarios.js'

const HOUR = 3_600_000
const START = Date.UTC(2026, 0, 1)
const body = '{"id":"evt_1"}'

/** By title: what the vendor's rules refuse, and the hours after the beginning in which deliveries are lost. */
const ENDS: Readonly<Record<string, { refused?: string; lost?: string[] }>> = {
  'One slot, then a month later the other': {},
  'Both slots at once': { refused: 'other-slot-too-recent' },
  'Both slots at once, by force': { lost: ['120-168'] },
  'A rotation': {},
  'A second one within the hour': { refused: 'rotation-in-progress' },
  'The receiver learns too late': { lost: ['2-3'] },
  'A rotation with twelve hours of grace': {},
  'Six secrets': { refused: 'too-many-keys' },
  'No grace': { lost: ['12-18'] },
  'Staged before': {},
  'Swapped without staging': { lost: ['48-60'] },
  'A key has leaked': {},
}

describe.each(PROVIDERS.map(({ id }) => id))('the scenarios of %s', (id) => {
  const provider = providerOf(initialChoice(id))
  const { kind } = provider.rotation

  it.each(SCENARIOS[kind].map((scenario) => [scenario.title, scenario] as const))('%s', async (title, scenario) => {
    let life: Life = newLife(provider, START)
    let refused: string | undefined
    for (const { atMs, action } of scenario.steps) {
      try {
        life = act(life, provider, action, START + atMs)
      } catch (error) {
        refused = (error as { code: string }).code
      }
    }
    const sides = { provider, life, learnsAfterMs: scenario.learnsAfterMs ?? 0, body }
    const found = await traffic(sides, START, START + SPAN_MS[kind])
    const lost = found.filter(({ state }) => state === 'lost')
    expect({
      ...(refused !== undefined && { refused }),
      ...(lost.length > 0 && {
        lost: lost.map(({ from, until }) => `${(from - START) / HOUR}-${(until - START) / HOUR}`),
      }),
    }).toEqual(ENDS[title])
    expect(found.at(-1)?.until).toBe(START + SPAN_MS[kind])
  })
})

describe('what the vendor sends', () => {
  it('is signed by both keys in an overlap, and by the new one alone afterwards', async () => {
    const provider = providerOf(initialChoice('orange-logic'))
    const life = act(newLife(provider, START), provider, { kind: 'rotate', options: {} }, START + HOUR)
    const sides = { provider, life, learnsAfterMs: 0, body }
    const during = await sentAt(sides, START + 1.5 * HOUR)
    expect(during.signers).toEqual(['key-1', 'key-2'])
    expect(during.headers['X-ol-signature']).toMatch(/^v1,\S{44} v1a,\S{44}$/)
    expect((await sentAt(sides, START + 3 * HOUR)).signers).toEqual(['key-2'])
  })

  it('is accepted with the staged key where the receiver has not learned of the switch yet', async () => {
    const provider = providerOf(initialChoice('autify'))
    const staged = act(newLife(provider, START), provider, { kind: 'stage' }, START + HOUR)
    const life = act(staged, provider, { kind: 'promote', id: 'key-2' }, START + 3 * HOUR)
    const { result } = await sentAt({ provider, life, learnsAfterMs: HOUR, body }, START + 3.5 * HOUR)
    expect(result).toMatchObject({ keyId: 'key-2', keyState: 'staged' })
  })
})
