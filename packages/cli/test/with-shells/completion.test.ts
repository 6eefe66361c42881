import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommand } from '../run-command.js'

const SHELLS = ['zsh', 'fish'] as const

let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-completion-'))
  for (const shell of SHELLS) writeFileSync(join(folder, shell), (await runCommand(['completion', shell])).stdout)
  writeFileSync(join(folder, 'delivery.http'), '')
})
afterAll(() => rmSync(folder, { recursive: true }))

it.each(SHELLS)('%s reads its script', (shell) => {
  const { status, error, stderr } = spawnSync(shell, ['-n', join(folder, shell)], { encoding: 'utf8' })
  expect([error, status, stderr]).toEqual([undefined, 0, ''])
})

describe('zsh', () => {
  const script = fileURLToPath(new URL('type-and-tab.zsh', import.meta.url))

  it.each([
    ['ver', 'verify '],
    ['keys rot', 'keys rotate '],
    ['completion z', 'completion zsh '],
    ['verify --prov', 'verify --provider='],
    ['verify -p ins', 'verify -p insider '],
    ['verify --secret-encoding=h', 'verify --secret-encoding=hex '],
    ['verify deliv', 'verify delivery.http '],
    ['verify --body-file deliv', 'verify --body-file delivery.http '],
    ['keys rotate --forc', 'keys rotate --force '],
    ['keys rotate autify --forc', 'keys rotate autify --force '],
    ['providers --js', 'providers --json '],
    // Nobody knows which rings there are, and they are no files.
    ['keys list deliv', 'keys list deliv'],
  ])('completes %j to %j', (typed, expected) => {
    const completed = execFileSync('zsh', ['-f', script, join(folder, 'zsh'), `countersign ${typed}`], {
      encoding: 'utf8',
      cwd: folder,
    })
    expect(completed).toBe(`countersign ${expected}\n`)
  })
})

it.each([
  ['', ['verify', 'keys', 'completion']],
  ['verify -p i', ['insider']],
  ['verify --secret-encoding=h', ['--secret-encoding=hex']],
  ['keys rot', ['rotate']],
  ['keys rotate autify --forc', ['--force']],
  ['verify deliv', ['delivery.http']],
  ['keys list deliv', ['']],
])('fish offers for %j', (line, expected) => {
  const script = `source ${join(folder, 'fish')}; complete -C'countersign ${line}'`
  const { stdout, stderr, error } = spawnSync('fish', ['--no-config', '-c', script], { encoding: 'utf8', cwd: folder })
  expect([error, stderr]).toEqual([undefined, ''])
  const found = stdout.split('\n').map((text) => text.split('\t')[0])
  for (const word of expected) expect(found).toContain(word)
  if (expected[0] === '') expect(found).toEqual([''])
})
