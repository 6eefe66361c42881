import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { createProgram, run } from '../src/program.js'
import { BIN, runCommand } from './run-command.js'
import { fakeTerminal } from './streams.js'

function commandsIn(command: Command, path: readonly string[] = []): { path: readonly string[]; command: Command }[] {
  return command.commands.flatMap((sub) => [
    { path: [...path, sub.name()], command: sub },
    ...commandsIn(sub, [...path, sub.name()]),
  ])
}

const program = createProgram(fakeTerminal(), () => undefined)
const commands = commandsIn(program).map(({ path, command }) => ({ name: path.join(' '), path, command }))

describe.each(commands)('countersign $name --help', ({ name, path, command }) => {
  it('says what it does, which options there are, which exit codes, and shows an example', async () => {
    const terminal = fakeTerminal()
    expect(await run([...path, '--help'], terminal)).toBe(0)
    const { stdout, stderr } = terminal.texts
    expect(stderr).toBe('')
    expect(stdout).toMatch(new RegExp(`^Usage: countersign ${name} `))
    expect(command.description().length).toBeGreaterThan(20)
    if (command.commands.length > 0) return
    expect(stdout).toMatch(/exit code/i)
    expect(stdout).toMatch(new RegExp(`\\n {2}(\\S+ \\| )?countersign ${name}\\b`))
    for (const option of command.options) expect(option.description, option.flags).not.toBe('')
  })

  it('fits into 80 columns', async () => {
    const terminal = fakeTerminal()
    await run([...path, '--help'], terminal)
    for (const line of terminal.texts.stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80)
  })
})

it('lists every command', async () => {
  const { code, stdout } = await runCommand(['--help'])
  expect(code).toBe(0)
  for (const { path } of commands) if (path.length === 1) expect(stdout).toMatch(new RegExp(`^ {2}${path[0]} `, 'm'))
})

it('starts without what only some commands need', () => {
  const loaded = loadedBy(BIN)
  expect(loaded).toContain('commander')
  for (const name of ['ioredis', 'pg', '@inquirer/password', '@countersign/http', '@countersign/core/explain']) {
    expect(loaded).not.toContain(name)
  }
})

/** The packages that a file of the build imports at once, by itself or by its chunks. */
function loadedBy(path: string): readonly string[] {
  const specifiers = [
    ...readFileSync(path, 'utf8').matchAll(/^(?:import|export) [^;]*?from "([^"]+)";$|^import "([^"]+)";$/gm),
  ]
  return specifiers.flatMap(([, from, bare]) => {
    const name = from ?? bare ?? ''
    return name.startsWith('.') ? loadedBy(join(dirname(path), name)) : name
  })
}

it('knows its version', async () => {
  expect((await runCommand(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})

it.each([
  [['verfy'], '(Did you mean verify?)\n(countersign --help shows the commands)'],
  [['verify', '--secret-fil', 'x'], '(Did you mean --secret-file?)\n(countersign verify --help shows the options)'],
  [['verify', '-p', 'autfy'], 'Allowed choices are agilepoint, orange-logic, insider, global-commerce, autify.'],
])('%j is helped', async (argv, message) => {
  const { code, stdout, stderr } = await runCommand(argv)
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toContain(message)
})
