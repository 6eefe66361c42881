import { PassThrough } from 'node:stream'
import { agilePoint } from '@countersign/agilepoint'
import { autify } from '@countersign/autify'
import { type AnyProvider, reveal } from '@countersign/core'
import { expect, it } from 'vitest'
import { run } from '../src/program.js'
import { keysFrom } from '../src/secret-options.js'
import { fakeTerminal } from './streams.js'

/** A terminal at which each of these questions gets its answer typed, once. */
function typing(answers: Readonly<Record<string, string>>) {
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => stdin })
  const terminal = { ...fakeTerminal({ isTTY: true }), stdin }
  // A real terminal's stream stays open when a question is done with it.
  Object.assign(terminal.stderr, { end: () => terminal.stderr })
  const unanswered = new Map(Object.entries(answers))
  terminal.stderr.on('data', (text: Buffer) => {
    for (const [question, answer] of unanswered) {
      if (!text.includes(question)) continue
      unanswered.delete(question)
      // It listens to keys only once it has drawn itself.
      setTimeout(() => stdin.write(answer), 20)
    }
  })
  return terminal
}

async function typed(provider: AnyProvider, answers: Readonly<Record<string, string>>) {
  const terminal = typing(answers)
  const { keys } = await keysFrom({}, provider, terminal)
  return { keys: keys.map(({ id, secret }) => [id, reveal(secret)]), ...terminal.texts }
}

it('asks on stderr, and shows nothing of what is typed', async () => {
  const { keys, stdout, stderr } = await typed(autify(), { 'Secret:': 'typed-by-hand\r' })
  expect(keys).toEqual([['key-1', 'typed-by-hand']])
  expect(stdout).toBe('')
  expect(stderr).toContain('Secret:')
  expect(stderr).not.toContain('typed')
})

it('asks for each slot, of which some may be empty', async () => {
  const provider = agilePoint({ headers: { primary: 'X-A', secondary: 'X-B' } })
  const { keys, stderr } = await typed(provider, { 'slot primary': '\r', 'slot secondary': 'typed-for-secondary\r' })
  expect(keys).toEqual([['secondary', 'typed-for-secondary']])
  expect(stderr).toContain('Secret of the slot primary')
})

it('tells what is wrong with what was typed, without it', async () => {
  const failure = await typed(autify(), { 'Secret:': 'short\r' }).catch((error: Error) => error.message)
  expect(failure).toMatch(/^the secret: secret-too-short/)
})

it('is left with Ctrl-C, and nothing is done', async () => {
  const terminal = typing({ 'Secret:': '\u0003' })
  expect(await run(['sign', '-p', 'autify', '--body', 'x'], terminal)).toBe(2)
  expect(terminal.texts.stdout).toBe('')
  expect(terminal.texts.stderr).toContain('error: cancelled\n')
})
