import { expect, it } from 'vitest'
import { runCommand } from './run-command.js'
import { argumentsOf, bodyOf, PROVIDER_IDS, rawHttp, type Vector, vectorOf } from './vectors.js'

const autify = vectorOf('autify')

function explain(vector: Vector, more: readonly string[] = [], provider = 'autify') {
  const { argv, env, now } = argumentsOf(provider, vector)
  return runCommand(['explain', ...argv, ...now, ...more], { env, input: rawHttp(vector) })
}

/** The delivery after a parser and a serialiser: the same JSON in other bytes. */
const reserialised: Vector = { ...autify, body: JSON.stringify(JSON.parse(autify.body ?? ''), null, 1) }

it.each(PROVIDER_IDS)('has nothing to say of a delivery that verifies: %s', async (provider) => {
  const { code, stdout, stderr } = await explain(vectorOf(provider), [], provider)
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toMatch(/^✔ accepted: signed with /)
  expect(stdout).not.toContain('1. ')
})

it('names what is wrong, what to do, and where the bytes part', async () => {
  const { code, stdout, stderr } = await explain(reserialised)
  expect([code, stderr]).toEqual([1, ''])
  expect(stdout).toMatch(/^✘ refused: no-matching-key /)
  expect(stdout).toContain('\n1. body-reserialised (certain)\n')
  expect(stdout).toContain('→ Verify the raw bytes')
  const { length } = reserialised.body ?? ''
  expect(stdout).toContain(
    `At byte 1, what was hashed here (${length} bytes) and what was signed (${bodyOf(autify).length}) part:`,
  )
  expect(stdout).toContain('   here    {\\n "action": "test_pl…\n')
  expect(stdout).toContain('   signed  {"action":"test_plan_…\n')
})

it('shows the steps when asked', async () => {
  expect((await explain(reserialised)).stdout).not.toContain('Step by step')
  const { stdout } = await explain(reserialised, ['--steps'])
  const steps = stdout.slice(stdout.indexOf('Step by step')).match(/^ {2}[✔✘·] \w+/gm)
  expect(steps).toEqual(['  ✔ cap', '  ✔ extract', '  ✔ keys', '  ✘ mac', '  · freshness'])
})

it('is one document for programs, without the body', async () => {
  const { code, stdout } = await explain(reserialised, ['--json'])
  const document = JSON.parse(stdout)
  expect(code).toBe(1)
  expect(document).toMatchObject({ ok: false, verdict: { reason: 'no-matching-key', status: 401 } })
  expect(document.findings[0]).toEqual({
    code: 'body-reserialised',
    summary: expect.any(String),
    fix: expect.any(String),
    keyId: 'key-1',
    certain: true,
    difference: { at: 1, arrivedBytes: reserialised.body?.length, signedBytes: bodyOf(autify).length },
  })
  expect(document.steps.map(({ name, outcome }: { name: string; outcome: string }) => [name, outcome])).toEqual([
    ['cap', 'passed'],
    ['extract', 'passed'],
    ['keys', 'passed'],
    ['mac', 'failed'],
    ['freshness', 'not reached'],
  ])
  expect(stdout).not.toContain('test_plan')
})

it('says nothing of a MAC or a secret that was tried', async () => {
  const wrong: Vector = { ...autify, keys: [{ id: 'key-1', secret: 'another-secret-than-that' }] }
  for (const more of [['--steps'], ['--json']]) {
    const { code, stdout } = await explain(wrong, more)
    expect(code).toBe(1)
    expect(stdout).toContain('nothing-matched')
    expect(stdout).not.toMatch(/another-secret|[0-9a-f]{40}/)
  }
})

it('may be told how much to try', async () => {
  const wrong: Vector = { ...autify, keys: [{ id: 'key-1', secret: 'another-secret-than-that' }] }
  expect((await explain(wrong, ['--max-macs', '10'])).stdout).toContain('budget-reached')
  expect((await explain(wrong, ['--max-macs', 'many'])).code).toBe(2)
  expect((await explain(wrong, ['--max-macs', '0'])).code).toBe(3)
})

it('fits into 80 columns and has colours, on a terminal', async () => {
  const { argv, env, now } = argumentsOf('autify', reserialised)
  const { stdout } = await runCommand(['explain', ...argv, ...now, '--steps'], {
    env: { ...env, FORCE_COLOR: '1' },
    input: rawHttp(reserialised),
  })
  expect(stdout).toContain('\u001b[32mcertain\u001b[39m')
})
