import { describe, expect, it } from 'vitest'
import { rawHttp, signedExample } from '../src/delivery/example.js'
import { initialRows, type KeyRow } from '../src/delivery/key-row.js'
import { initialChoice, providerOf } from '../src/provider/providers.js'
import { type Judged, judge, type VerifyForm } from '../src/verify/judge.js'
import { NO_REQUEST } from '../src/verify/request-form.js'

const NOW = Date.UTC(2026, 0, 15)
const choice = initialChoice('autify')
const rows = initialRows(providerOf(choice), ['a-made-up-secret'])
const body = '{"id":1}'

async function form(change: Partial<VerifyForm> = {}): Promise<VerifyForm> {
  const delivery = await signedExample(providerOf(choice), rows, { url: 'https://receiver.example/', body }, NOW)
  return { choice, rows, moment: String(NOW), request: { ...NO_REQUEST, pasted: rawHttp(delivery) }, ...change }
}

const inState = (state: KeyRow['state']) => rows.map((row) => ({ ...row, state }))

describe('judging a form', () => {
  it('shows the pipeline with the verdict, and the very bytes that were hashed', async () => {
    const { judged, turn } = await judge(await form(), 7)
    const { trace, now } = judged as Judged
    expect(judged).toMatchObject({ verdict: { ok: true, keyId: 'key-1' }, findings: [] })
    expect(trace.steps.map(({ outcome }) => outcome)).not.toContain('failed')
    expect(new TextDecoder().decode(trace.signedContent?.())).toBe(body)
    expect([turn, now]).toEqual([7, NOW])
  })

  it('tells a fault of the receiver apart from a refusal', async () => {
    const { judged } = await judge(await form({ rows: inState('expired') }), 1)
    expect(judged).toMatchObject({ verdict: { fault: expect.stringMatching(/^no-usable-key/) } })
    expect((judged as Judged).findings[0]?.code).toBe('key-expired')
  })

  it.each<[string, Partial<VerifyForm>, RegExp]>([
    ['the moment', { moment: 'soon' }, /^The moment is no date/],
    ['the request', { request: NO_REQUEST }, /^request-unreadable/],
    ['a secret', { rows: rows.map((row) => ({ ...row, secret: '' })) }, /^'key-1' has no secret yet/],
    ['two keys of one id', { rows: [...rows, ...rows] }, /^id-in-use/],
    [
      'the name of a header',
      { choice: { id: 'agilepoint', values: { layout: 'one for both keys', both: 'no name' } } },
      /^provider-invalid/,
    ],
  ])('tells what is wrong with the form: %s', async (_, change, problem) => {
    expect((await judge(await form(change), 1)).judged).toEqual({ problem: expect.stringMatching(problem) })
  })

  it('holds no secret in what it tells', async () => {
    const wrong = rows.map((row) => ({ ...row, secret: `${row.secret} ` }))
    const { judged } = await judge(await form({ rows: wrong }), 1)
    expect((judged as Judged).findings[0]?.code).toBe('secret-white-space')
    expect(JSON.stringify(judged)).not.toContain('a-made-up-secret')
  })
})
