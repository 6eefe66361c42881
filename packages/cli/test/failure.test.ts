import { CountersignError } from '@countersign/core'
import { expect, it } from 'vitest'
import { printFailure } from '../src/failure.js'
import { colorsFor } from '../src/terminal.js'
import { fakeTerminal } from './streams.js'

function printed(error: unknown, json = false) {
  const terminal = fakeTerminal()
  printFailure(error, json, terminal)
  return terminal.texts
}

it('tells the message, and what stands behind it', () => {
  const cause = new AggregateError([
    new Error('connect ECONNREFUSED ::1:6379'),
    new Error('connect ECONNREFUSED 127.0.0.1:6379'),
  ])
  expect(printed(new Error('the store is down', { cause })).stderr).toBe(
    'error: the store is down\nhint: connect ECONNREFUSED ::1:6379, connect ECONNREFUSED 127.0.0.1:6379\n',
  )
})

it('tells nothing twice', () => {
  expect(printed(new Error('cannot read x: ENOENT', { cause: new Error('ENOENT') })).stderr).toBe(
    'error: cannot read x: ENOENT\n',
  )
})

it.each([
  [new CountersignError('no-usable-key'), 'no-usable-key'],
  [Object.assign(new Error('no such file'), { code: 'ENOENT' }), 'ENOENT'],
  [new Error('something'), 'failed'],
  ['a text', 'failed'],
])('is one document for programs: %s', (error, code) => {
  const { stdout, stderr } = printed(error, true)
  const message = error instanceof Error ? error.message : error
  expect(stdout).toBe(`${JSON.stringify({ ok: false, error: { code, message } })}\n`)
  expect(stderr).toBe('')
})

it.each([
  [{ isTTY: true }, true],
  [{ isTTY: false }, false],
  [{ isTTY: true, env: { NO_COLOR: '1' } }, false],
  [{ isTTY: true, env: { TERM: 'dumb' } }, false],
  [{ isTTY: false, env: { FORCE_COLOR: '1' } }, true],
  [{ isTTY: false, env: { FORCE_COLOR: '1', NO_COLOR: '1' } }, false],
])('has colours where they are wanted: %j', (options, expected) => {
  const terminal = fakeTerminal(options)
  expect(colorsFor(terminal.stdout, terminal.env).isColorSupported).toBe(expected)
})
