import { expect, it } from 'vitest'
import { run } from '../src/program.js'
import { runCommand } from './run-command.js'
import { fakeTerminal } from './streams.js'

it('lists the five with what there is to know of them', async () => {
  const { code, stdout, stderr } = await runCommand(['providers'])
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toContain(`orange-logic  Orange Logic
  header    X-ol-signature
  digest    HMAC-SHA256, base64
  rotation  old and new sign for an hour
  secrets   made by you or the vendor
  options   hash: sha256 (default), sha512 – hash of the HMAC
`)
  expect(stdout.match(/^\S+ {2}\S.*$/gm)).toEqual([
    'agilepoint  AgilePoint NX',
    'orange-logic  Orange Logic',
    'insider  Insider',
    'global-commerce  Digital River Global Commerce',
    'autify  Autify',
  ])
})

it('is one document for programs', async () => {
  const { providers } = JSON.parse((await runCommand(['providers', '--json'])).stdout)
  expect(providers.map(({ id }: { id: string }) => id)).toEqual([
    'agilepoint',
    'orange-logic',
    'insider',
    'global-commerce',
    'autify',
  ])
  expect(providers[2]).toEqual({
    id: 'insider',
    title: 'Insider',
    package: '@countersign/insider',
    headers: ['X-INS-AUTH'],
    digest: 'HMAC-SHA1, hex',
    rotation: 'swapped at once',
    secretsFrom: 'you',
    options: [
      { name: 'mode', kind: ['hmac', 'token'], default: 'hmac', meaning: expect.any(String) },
      { name: 'encoding', kind: ['hex', 'base64'], default: 'hex', meaning: expect.any(String) },
    ],
    docs: 'https://academy.insiderone.com/docs/secret-key',
  })
  expect(providers[0].headers).toEqual([])
})

it.each([80, 120])('fits into %i columns, addresses aside', async (columns) => {
  const terminal = fakeTerminal({ isTTY: true, columns, env: { NO_COLOR: '1' } })
  await run(['providers'], terminal)
  const lines = terminal.texts.stdout.split('\n').filter((line) => !line.includes('https://'))
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns)
})
