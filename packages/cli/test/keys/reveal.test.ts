import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type KeysSession, openSession } from './keys-session.js'

const OLD_SECRET = 'fake-secret-old'
let session: KeysSession

beforeEach(async () => {
  session = await openSession()
  await session.keys(['add', 'autify', '--secret-env', 'OLD_SECRET'])
})

afterEach(() => session.end())

const REVEAL = ['reveal', 'autify', 'key-1']

describe('reveal', () => {
  it('asks for the name of the ring, after it has said what comes', async () => {
    const { code, stdout, stderr } = await session.keys(REVEAL, { isTTY: true, input: 'autify\n' })
    expect([code, stdout]).toEqual([0, `${OLD_SECRET}\n`])
    expect(stderr).toContain("The secret of key-1 in 'autify' will stand on this screen")
    expect(stderr).toContain("Type the ring's name")
  })

  it.each(['autif\n', '\n', 'key-1\n', 'Autify\n'])('shows nothing for %j', async (input) => {
    const { code, stdout, stderr } = await session.keys(REVEAL, { isTTY: true, input })
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).not.toContain(OLD_SECRET)
  })

  it('takes the name from a script, and goes by it alone', async () => {
    const right = await session.keys([...REVEAL, '--confirm', 'autify'])
    expect(right).toMatchObject({ code: 0, stdout: `${OLD_SECRET}\n`, stderr: '' })
    const wrong = await session.keys([...REVEAL, '--confirm', 'insider', '--json'])
    expect([wrong.code, wrong.document()]).toEqual([
      1,
      { ok: false, error: { code: 'not-confirmed', message: expect.stringContaining('nothing is shown') } },
    ])
  })

  it('tells a program how the text stands for its bytes', async () => {
    const secret = '00112233445566778899'
    await session.keys(['add', 'insider', '--secret', secret, '--secret-encoding', 'hex'])
    const { document } = await session.keys(['reveal', 'insider', 'key-1', '--confirm', 'insider', '--json'])
    expect(document()).toEqual({ ok: true, ring: 'insider', id: 'key-1', encoding: 'hex', secret })
  })

  it('has no key that the ring does not have', async () => {
    const { code, stderr } = await session.keys(['reveal', 'autify', 'key-2', '--confirm', 'autify'])
    expect([code, stderr]).toEqual([
      3,
      expect.stringContaining("key-unknown: the ring has no key 'key-2'; it has: key-1"),
    ])
  })
})

describe('a secret', () => {
  it('is printed by nothing else', async () => {
    const commands = [
      ['list'],
      ['list', 'autify'],
      ['rotate', 'autify', '--secret-env', 'NEW_SECRET'],
      ['stage', 'autify', '--generate'],
      ['promote', 'autify', 'key-3'],
      ['revoke', 'autify', 'key-2', '--yes'],
      ['prune', 'autify', '--yes'],
      ['schedule'],
      ['history', 'autify'],
      ['checklist', 'autify'],
      ['add', 'autify', '--secret-env', 'OLD_SECRET'],
      ['rotate', 'autify', '--secret-env', 'OLD_SECRET'],
      ['reveal', 'autify', 'key-1', '--confirm', 'wrong'],
    ]
    let printed = ''
    for (const json of [[], ['--json']]) {
      for (const argv of commands) {
        const { stdout, stderr } = await session.keys([...argv, ...json])
        printed += stdout + stderr
      }
    }
    const generated = (await session.keys(['reveal', 'autify', 'key-3', '--confirm', 'autify'])).stdout.trim()
    expect(generated).toMatch(/^[0-9a-f]{40}$/)
    for (const secret of [OLD_SECRET, 'fake-secret-new', generated, session.env.COUNTERSIGN_MASTER_KEY as string]) {
      expect(printed).not.toContain(secret)
    }
  })

  it('that is generated is shown once where that was asked for', async () => {
    const { stdout } = await session.keys(['rotate', 'autify', '--generate', '--show'])
    const [shown] = /^ {2}[0-9a-f]{40}$/m.exec(stdout) ?? []
    const { stdout: revealed } = await session.keys(['reveal', 'autify', 'key-2', '--confirm', 'autify'])
    expect(shown?.trim()).toBe(revealed.trim())
  })
})
