import { describe, expect, it } from 'vitest'
import { rawHttp, signedExample } from '../src/delivery/example.js'
import { initialRows } from '../src/delivery/key-row.js'
import { madeUpSecret } from '../src/delivery/made-up-secret.js'
import { MISTAKES, mistakesFor } from '../src/generate/mistakes.js'
import { SAMPLE_EVENTS } from '../src/generate/sample-events.js'
import { initialChoice, PROVIDERS, type ProviderChoice, providerOf } from '../src/provider/providers.js'
import { judge } from '../src/verify/judge.js'
import { NO_REQUEST } from '../src/verify/request-form.js'

const NOW = Date.UTC(2026, 0, 15, 12)

/** The first finding, which is what a visitor reads. */
const FIRST: Readonly<Record<string, string>> = {
  reserialised: 'body-reserialised',
  newline: 'body-newline',
  'one-byte': 'nothing-matched',
  'secret-space': 'secret-white-space',
  'wrong-secret': 'nothing-matched',
  'other-encoding': 'digest-encoding',
  'old-stamp': 'clock-skew',
  'expired-key': 'key-expired',
  'swapped-slots': 'other-slot',
  'no-header': 'signature-missing',
}

async function signed(choice: ProviderChoice, event = 0) {
  const provider = providerOf(choice)
  const secrets = (provider.slots ?? ['']).map(() => madeUpSecret(provider))
  const rows = initialRows(provider, secrets)
  const unsigned = { url: 'https://receiver.example/hooks?a=1', body: SAMPLE_EVENTS[choice.id]?.[event]?.body ?? '' }
  return { provider, rows, now: NOW, delivery: await signedExample(provider, rows, unsigned, NOW) }
}

/** As the page has it: through a text field, which has no CR. */
async function judged(
  choice: ProviderChoice,
  { delivery, rows }: Pick<Awaited<ReturnType<typeof signed>>, 'delivery' | 'rows'>,
) {
  const pasted = rawHttp(delivery).replaceAll('\r\n', '\n')
  const outcome = await judge({ choice, rows, moment: String(NOW), request: { ...NO_REQUEST, pasted } }, 1)
  if ('problem' in outcome.judged) throw new Error(outcome.judged.problem)
  return outcome.judged
}

describe.each(PROVIDERS.map(({ id }) => id))('examples of %s', (id) => {
  const choice = initialChoice(id)

  it('verify, each of its events', async () => {
    for (const event of (SAMPLE_EVENTS[id] ?? []).keys()) {
      const { verdict, findings } = await judged(choice, await signed(choice, event))
      expect(verdict).toMatchObject({ ok: true, assurance: 'body-mac' })
      expect(findings).toEqual([])
    }
    expect(SAMPLE_EVENTS[id]?.length).toBeGreaterThan(0)
  })

  it.each(mistakesFor(providerOf(choice)).map((mistake) => [mistake.id, mistake] as const))(
    'are refused for a reason: %s',
    async (name, mistake) => {
      const received = await mistake.make(await signed(choice))
      const { verdict, findings } = await judged(choice, received)
      expect(verdict).toMatchObject({ ok: false })
      expect(findings[0]?.code).toBe(FIRST[name])
    },
  )
})

describe('mistakes', () => {
  it('that would change nothing are refused, and the reason is told', async () => {
    const made = async (id: string, body: string) => {
      const signedOne = await signed(initialChoice('autify'))
      const mistake = MISTAKES.find((one) => one.id === id)
      return mistake?.make({ ...signedOne, delivery: { ...signedOne.delivery, body } })
    }
    await expect(made('reserialised', '{\n  "a": 1\n}')).rejects.toThrow('changes nothing')
    await expect(made('reserialised', 'a=1')).rejects.toThrow('The body is no JSON')
    await expect(made('one-byte', '{}')).rejects.toThrow('changes nothing')
    expect(await made('one-byte', '{"abc":true}')).toMatchObject({ delivery: { body: '{"1bc":true}' } })
  })

  it('are each possible with some provider', () => {
    const possible = new Set(
      PROVIDERS.flatMap(({ id }) => mistakesFor(providerOf(initialChoice(id))).map((one) => one.id)),
    )
    expect([...possible].sort()).toEqual(MISTAKES.map(({ id }) => id).sort())
    expect(Object.keys(FIRST).sort()).toEqual([...possible].sort())
  })

  it('about the body are not offered where nothing ties it to the secret', async () => {
    const choice = { id: 'insider', values: { mode: 'token', encoding: 'hex' } }
    expect(mistakesFor(providerOf(choice)).map(({ id }) => id)).toEqual([
      'secret-space',
      'wrong-secret',
      'expired-key',
      'no-header',
    ])
    expect((await judged(choice, await signed(choice))).verdict).toMatchObject({ ok: true, assurance: 'shared-token' })
  })
})
