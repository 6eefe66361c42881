import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { agilePoint } from '@countersign/agilepoint'
import { autify } from '@countersign/autify'
import { type AnyProvider, reveal } from '@countersign/core'
import { Command, InvalidArgumentError } from 'commander'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SecretFlags } from '../src/named-secrets.js'
import { keysFrom, secretOptions, secretsFrom } from '../src/secret-options.js'
import { fakeTerminal } from './streams.js'

const slotted = agilePoint({ headers: { primary: 'X-A', secondary: 'X-B' } })

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-secrets-'))
  writeFileSync(join(folder, 'plain'), 'secret-of-a-file\n')
  writeFileSync(join(folder, 'two-lines'), 'secret-of-a-file\r\n\r\n')
  writeFileSync(join(folder, 'empty'), '')
  writeFileSync(join(folder, 'binary'), Buffer.from('a-secret-of-bytes-\xff\x00', 'latin1'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const env = { ONE: 'secret-number-one', TWO: 'secret-number-two', HEX: '0011223344556677', EMPTY: '' }

async function keysOf(words: readonly string[], provider: AnyProvider = autify(), input = '') {
  const command = secretOptions(new Command().exitOverride().configureOutput({ writeErr: () => undefined }))
  const terminal = fakeTerminal({ env, input })
  const flags = command.parse([...words], { from: 'user' }).opts<SecretFlags>()
  const { keys } = await keysFrom(flags, provider, terminal)
  return { keys: keys.map(({ id, slot, secret }) => [id, slot, reveal(secret)]), stderr: terminal.texts.stderr }
}

describe('secrets come', () => {
  it('from the environment, numbered', async () => {
    const { keys, stderr } = await keysOf(['--secret-env', 'ONE', '--secret-env', 'TWO'])
    expect(keys).toEqual([
      ['key-1', undefined, 'secret-number-one'],
      ['key-2', undefined, 'secret-number-two'],
    ])
    expect(stderr).toBe('')
  })

  it('from a file, without the line break at its end', async () => {
    expect((await keysOf(['--secret-file', join(folder, 'plain')])).keys).toEqual([
      ['key-1', undefined, 'secret-of-a-file'],
    ])
  })

  it('from stdin', async () => {
    expect((await keysOf(['--secret-file', '-'], autify(), 'secret-by-stdin\r\n')).keys).toEqual([
      ['key-1', undefined, 'secret-by-stdin'],
    ])
  })

  it('from the command line, with a warning that does not repeat it', async () => {
    const { keys, stderr } = await keysOf(['--secret', 'seen-by-others'])
    expect(keys).toEqual([['key-1', undefined, 'seen-by-others']])
    expect(stderr).toContain('warning: --secret is visible in the list of processes')
    expect(stderr).not.toContain('seen-by-others')
  })

  it('in the order of the command line, whatever they come by', async () => {
    const { keys } = await keysOf(['--secret', 'the-first', '--secret-env', 'ONE', '--secret', 'the-third'])
    expect(keys.map(([, , text]) => text)).toEqual(['the-first', 'secret-number-one', 'the-third'])
  })

  it('for slots, each named', async () => {
    const { keys } = await keysOf(['--secret-env', 'secondary=TWO', '--secret', 'primary=a=b=c=d=e'], slotted)
    expect(keys).toEqual([
      ['secondary', 'secondary', 'secret-number-two'],
      ['primary', 'primary', 'a=b=c=d=e'],
    ])
  })

  it('twice for one slot', async () => {
    const { keys } = await keysOf(['--secret-env', 'primary=ONE', '--secret-env', 'primary=TWO'], slotted)
    expect(keys.map(([id, slot]) => [id, slot])).toEqual([
      ['primary', 'primary'],
      ['primary-2', 'primary'],
    ])
  })

  it('as the bytes that they stand for', async () => {
    const command = secretOptions(new Command())
    const flags = command
      .parse(['--secret-env', 'HEX', '--secret-encoding', 'hex'], { from: 'user' })
      .opts<SecretFlags>()
    const [secret] = await secretsFrom(flags, fakeTerminal({ env }))
    expect(secret?.byteLength).toBe(8)
  })
})

describe('what is wrong is told, without the secret', () => {
  it.each<[readonly string[], string, AnyProvider?]>([
    [[], 'no secret was given: use --secret-env NAME or --secret-file PATH'],
    [[], 'use --secret-env primary=NAME or --secret-file primary=PATH (and likewise secondary=)', slotted],
    [['--secret-env', 'NONE'], '--secret-env NONE: it is not set in this environment'],
    [['--secret-env', 'EMPTY'], '--secret-env EMPTY: it is empty'],
    [['--secret', 'short'], '--secret: secret-too-short'],
    [['--secret', 'not hexadecimal', '--secret-encoding', 'hex'], '--secret: secret-malformed: it is not hex'],
    [['--secret', 'not-for-a-slot'], '--secret: say which slot it is for: --secret-env primary=NAME', slotted],
    [['--secret-env', 'tertiary=ONE'], '--secret-env: say which slot it is for', slotted],
    [['--secret-file', '-', '--secret-file', '-'], 'stdin can be read for one thing only'],
  ])('%j', async (words, message, provider = autify()) => {
    const failure = await keysOf(words, provider, 'secret-by-stdin').catch((error: Error) => error)
    expect(failure).toBeInstanceOf(InvalidArgumentError)
    expect((failure as Error).message).toContain(message)
    expect((failure as Error).message).not.toMatch(/short$|hexadecimal|not-for-a-slot/)
  })

  it('one line break of a file is taken off, a second is none of an editor', async () => {
    await expect(keysOf(['--secret-file', join(folder, 'two-lines')])).rejects.toThrow('secret-malformed')
    await expect(keysOf(['--secret-file', join(folder, 'empty')])).rejects.toThrow('it is empty')
  })

  // `--secret-env "$SECRET"` is soon written, and errors are kept in logs.
  it.each([
    ['--secret-env', 'whsec_Zm9vYmFyYmF6cXV4'],
    ['--secret-env', '0b8f3c9d2e7a4f61'],
    ['--secret-env', 'JBSWY3DPEHPK3PXP'],
    ['--secret-file', 'whsec_Zm9vYmFyYmF6cXV4'],
    ['--secret-file', '0b8f3c9d2e7a4f61'],
  ])('%s that was given a secret does not repeat it', async (option, given) => {
    const failure = await keysOf([option, given]).catch((error: Error) => error)
    expect((failure as Error).message).toContain(`${option} (not repeated: it may be a secret itself): `)
    expect((failure as Error).message).not.toContain(given)
  })

  it('a file that holds no text would be another secret than it holds', async () => {
    await expect(keysOf(['--secret-file', join(folder, 'binary')])).rejects.toThrow('it holds no text')
  })

  it('a folder is told by its name', async () => {
    await expect(keysOf(['--secret-file', folder])).rejects.toMatchObject({
      code: 'EISDIR',
      message: `${folder} is a directory: name a file`,
    })
  })

  it('a file that is not there is no mistake of the command line', async () => {
    await expect(keysOf(['--secret-file', join(folder, 'none')])).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
