import { expect, it } from 'vitest'
import { runCommand } from './run-command.js'
import { argumentsOf, bodyOf, rawHttp, vectorOf, vectorsOf } from './vectors.js'

/** Neither provider nor moment: that is what is asked. */
function infer(provider: string, vector = vectorOf(provider), ...more: string[]) {
  const { env } = argumentsOf(provider, vector)
  const secrets = Object.keys(env).flatMap((name) => ['--secret-env', name])
  return runCommand(['infer', ...secrets, ...more], { env, input: rawHttp(vector) })
}

it.each([
  ['autify', 'export const provider = autify(', 'X-Autify-Signature'],
  ['insider', 'export const provider = insider(', 'X-INS-AUTH'],
  ['orange-logic', 'export const provider = orangeLogic(', 'X-ol-signature'],
  ['global-commerce', 'export const provider = globalCommerce(', 'DigitalRiver-Signature'],
])('finds the adapter: %s', async (provider, source, header) => {
  const { code, stdout, stderr } = await infer(provider)
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toMatch(/^✔ /)
  expect(stdout).toContain(header)
  expect(stdout).toContain(source)
})

it('finds the options of an adapter', async () => {
  const vector = vectorsOf('insider').find(({ options, result }) => options.encoding === 'base64' && result === 'valid')
  expect((await infer('insider', vector)).stdout).toContain("encoding: 'base64'")
})

it('is one document for programs', async () => {
  const { code, stdout } = await infer('autify', undefined, '--json')
  expect(code).toBe(0)
  const { ok, inferences } = JSON.parse(stdout)
  expect(ok).toBe(true)
  expect(inferences[0]).toMatchObject({
    header: 'X-Autify-Signature',
    summary: expect.any(String),
    source: expect.stringContaining('autify()'),
    secretIndex: 0,
    secretReading: expect.any(String),
    adapterOptions: { provider: 'autify', options: {} },
  })
})

it('says what to try where nothing fits', async () => {
  const vector = vectorOf('autify')
  const wrong = { ...vector, body: `${bodyOf(vector)}, and more` }
  const { code, stdout } = await infer('autify', wrong)
  expect(code).toBe(1)
  expect(stdout).toMatch(/^✘ nothing fits/)
  expect(stdout).toContain('What to try:')
  const json = await infer('autify', wrong, '--json')
  expect([json.code, JSON.parse(json.stdout)]).toEqual([1, { ok: false, inferences: [] }])
})

it('prints no secret', async () => {
  const { env } = argumentsOf('insider', vectorOf('insider'))
  const token = vectorsOf('insider').find(({ options, result }) => options.mode === 'token' && result === 'valid')
  for (const vector of [vectorOf('insider'), token]) {
    for (const more of [[], ['--json']]) {
      const { code, stdout } = await infer('insider', vector, ...more)
      expect(code).toBe(0)
      for (const secret of Object.values(env)) expect(stdout).not.toContain(secret)
    }
  }
})
