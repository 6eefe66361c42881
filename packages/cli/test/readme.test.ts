import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runCommand } from './run-command.js'

const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const env = { AUTIFY_SECRET: '0000000000111111111122222222223333333333' }
/** Those that need neither a server nor a store. */
const PLAIN = ['verify', 'explain', 'infer', 'sign', 'init', 'providers']

interface Example {
  readonly command: string
  readonly output: string
}

const examples = [...README.matchAll(/```console\n\$ (?:npx )?countersign (.+)\n([\s\S]*?)\n```/g)]
  .map(([, command = '', output = '']): Example => ({ command, output }))
  .filter(({ command }) => PLAIN.includes(command.split(' ')[0] ?? ''))

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-readme-'))
  writeFileSync(join(folder, 'package.json'), '{"dependencies":{"express":"5"},"devDependencies":{"typescript":"5"}}')
})
afterAll(() => rmSync(folder, { recursive: true }))

it('shows an example of each', () => {
  expect(new Set(examples.map(({ command }) => command.split(' ')[0]))).toEqual(new Set(PLAIN))
})

it.each(examples)('prints what the README shows: $command', async ({ command, output }) => {
  const words = command.match(/'[^']*'|\S+/g)?.map((word) => word.replaceAll("'", '')) ?? []
  const id = words[0] === 'explain' ? '"id": 1201' : '"id":1201'
  writeFileSync(join(folder, 'delivery.http'), delivery(`{"action":"test_plan_result",${id}}`))
  const { stdout } = await runCommand(words, { env, cwd: folder })
  // An ellipsis on a line of its own stands for what is left out.
  for (const part of output.split(/^…$/m)) expect(stdout).toContain(part.trim())
})

/** Signed without the space. The MAC is openssl's. */
function delivery(body: string): string {
  const signature = 'sha1=9cb2436935a1f64362110fb76570211cbec86519'
  return `POST / HTTP/1.1\r\nX-Autify-Signature: ${signature}\r\nContent-Length: ${body.length}\r\n\r\n${body}`
}
