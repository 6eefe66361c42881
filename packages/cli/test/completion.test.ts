import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandWords } from '../src/completion/words.js'
import { createProgram } from '../src/program.js'
import { PROVIDERS } from '../src/providers.js'
import { runCommand } from './run-command.js'
import { fakeTerminal } from './streams.js'

const SHELLS = ['bash', 'zsh', 'fish'] as const
const scripts = {} as Record<(typeof SHELLS)[number], string>
const commands = commandWords(createProgram(fakeTerminal(), () => undefined))

let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-completion-'))
  for (const shell of SHELLS) {
    scripts[shell] = (await runCommand(['completion', shell])).stdout
    writeFileSync(join(folder, shell), scripts[shell])
  }
})
afterAll(() => rmSync(folder, { recursive: true }))

/** What bash offers for the last of these words, as it calls the function itself. */
function offered(...words: string[]): string[] {
  const lines = [
    `source ${join(folder, 'bash')}`,
    `COMP_WORDS=(countersign ${words.map((word) => `'${word}'`).join(' ')})`,
    `COMP_CWORD=${words.length}`,
    '_countersign',
    `printf '%s\\n' "\${COMPREPLY[@]}"`,
  ]
  return execFileSync('bash', ['--norc', '-c', lines.join('\n')], { encoding: 'utf8', cwd: folder })
    .trim()
    .split('\n')
}

const ids = PROVIDERS.map(({ id }) => id)

describe('bash', () => {
  it('reads the script', () => {
    expect(spawnSync('bash', ['-n', join(folder, 'bash')], { encoding: 'utf8' })).toMatchObject({
      status: 0,
      stderr: '',
    })
  })

  it.each([
    [[''], commands[0]?.subcommands.map(({ name }) => name)],
    [['ve'], ['verify']],
    [['verify', '--prov'], ['--provider']],
    [['verify', '--provider', ''], ids],
    [['verify', '-p', 'i'], ['insider']],
    // It splits at the sign.
    [['verify', '--provider', '=', 'orange'], ['orange-logic']],
    [['verify', '--provider', '='], ids],
    [['verify', '-p', 'autify', '--secret-encoding', 'h'], ['hex']],
    [['keys', 'ro'], ['rotate']],
    [['completion', 'z'], ['zsh']],
    [
      ['drill', '--store', ''],
      ['redis', 'postgres'],
    ],
    // Files, which bash offers itself.
    [['verify', ''], ['']],
    [['verify', '--body-file', ''], ['']],
  ])('offers for %j', (words, expected = []) => {
    const found = offered(...words)
    for (const word of expected) expect(found).toContain(word)
    if (words.at(-1) !== '' || words.length > 1) expect(found).toEqual(expected)
  })

  it('offers every option of every command', () => {
    for (const { path, options } of commands) {
      const long = options.flatMap(({ names }) => names.filter((name) => name.startsWith('--')))
      expect(offered(...path, '--')).toEqual(long)
    }
  })

  it('is registered for the command', () => {
    const shown = execFileSync('bash', ['--norc', '-c', `source ${join(folder, 'bash')}; complete -p countersign`])
    expect(shown.toString()).toBe('complete -o default -F _countersign countersign\n')
  })
})

// These two are not on every machine: what they do with their scripts is in test/with-shells.
describe.each(['zsh', 'fish'] as const)('%s', (shell) => {
  it('is offered every command, option and choice', () => {
    for (const { subcommands, options } of commands) {
      for (const { name } of subcommands) expect(scripts[shell]).toMatch(new RegExp(`(^|[ '])${name}[ ':]`, 'm'))
      for (const { names } of options) {
        for (const name of names.filter((one) => one.startsWith('--'))) {
          expect(scripts[shell]).toContain(shell === 'zsh' ? `*${name}` : ` -l ${name.slice(2)}`)
        }
      }
    }
    expect(scripts[shell]).toContain(ids.join(' '))
  })

  it('has every quotation mark in a pair', () => {
    const bare = shell === 'zsh' ? scripts.zsh.replaceAll("'\\''", '') : scripts.fish.replaceAll("\\'", '')
    for (const line of bare.split('\n').filter((text) => !text.startsWith('#'))) {
      expect(line.split("'").length % 2, line).toBe(1)
    }
  })
})

it('knows no other shell', async () => {
  const { code, stderr } = await runCommand(['completion', 'tcsh'])
  expect(code).toBe(2)
  expect(stderr).toContain('Allowed choices are bash, zsh, fish.')
})

it('--json holds the script', async () => {
  const { code, stdout } = await runCommand(['completion', 'bash', '--json'])
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toEqual({ shell: 'bash', script: (await runCommand(['completion', 'bash'])).stdout })
})
