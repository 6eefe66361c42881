import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BIN, runCommand } from '../run-command.js'

const SECRET = 'fake-secret-of-autify'
const ANSWER = fileURLToPath(new URL('answer.zsh', import.meta.url))
const CTRL_C = '\u0003'

let folder: string
let store: readonly string[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-questions-'))
  store = ['--plaintext', '--store', `file:${join(folder, 'keys')}`]
  await runCommand(['keys', 'add', 'autify', '--secret-file', '-', ...store], { input: SECRET })
})

afterEach(() => rm(folder, { recursive: true, force: true }))

/** What stands on a terminal in the end, when a question of a command was answered there. */
async function screen(question: string, answer: string, ...argv: readonly string[]): Promise<string> {
  const words = ['-f', ANSWER, question, answer, process.execPath, BIN, ...argv]
  const env = { PATH: process.env.PATH, NO_COLOR: '1', TERM: 'xterm' }
  return (await promisify(execFile)('zsh', words, { env })).stdout
}

describe('reveal, on a terminal', () => {
  const reveal = (answer: string) =>
    screen("Type the ring's name to go on:", answer, 'keys', 'reveal', 'autify', 'key-1', ...store)

  it('shows the secret once the name was typed', async () => {
    expect(await reveal('autify\r')).toMatch(new RegExp(`\\n(\\x1b\\S+)?${SECRET}\\r\\nexit 0\\r\\n$`))
  })

  it.each([
    ['another name', 'insider\r', 'error: not confirmed: that is not the name of the ring', 1],
    ['Ctrl-C in the middle', `aut${CTRL_C}`, 'error: cancelled', 2],
  ])('shows nothing for %s', async (_, answer, message, code) => {
    const shown = await reveal(answer)
    expect(shown).not.toContain(SECRET)
    expect(shown).toContain(message)
    expect(shown).toContain(`exit ${code}\r\n`)
  })
})

it('a secret that is typed does not stand on the terminal', async () => {
  const shown = await screen('Secret:', `${SECRET}\r`, 'sign', '-p', 'autify', '--body', 'x')
  expect(shown).toMatch(/X-Autify-Signature: sha1=[0-9a-f]{40}\r\nexit 0\r\n$/)
  expect(shown).not.toContain(SECRET)
})
