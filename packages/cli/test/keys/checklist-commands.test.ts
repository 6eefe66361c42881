import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { autify } from '@countersign/autify'
import { createVerifier, keySource, plaintextAtRest } from '@countersign/core'
import { fileKeyrings, fileKeyUses } from '@countersign/core/node'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BIN, runCommand } from '../run-command.js'

let folder: string
let receiver: Server

/** The commands are copied into a shell, so `countersign` is on its path. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-checklist-'))
  await writeFile(join(folder, 'countersign'), `#!/bin/sh\nexec "${process.execPath}" "${BIN}" "$@"\n`)
  await chmod(join(folder, 'countersign'), 0o755)
})

afterEach(async () => {
  receiver?.close()
  await rm(folder, { recursive: true, force: true })
})

const keysFolder = () => join(folder, 'keys')
const store = () => ['--store', `file:${keysFolder()}`, '--plaintext']

/** One that verifies with the ring of the store, and records which key matched. */
async function startReceiver(): Promise<string> {
  const verifier = createVerifier(autify(), {
    keys: keySource(plaintextAtRest(fileKeyrings(keysFolder())), 'autify', { missIntervalMs: 0 }),
  })
  const uses = fileKeyUses(keysFolder())
  receiver = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const verdict = await verifier.verify({ headers: request.headers, body: Buffer.concat(chunks) })
    if (verdict.ok) await uses.record('autify', [{ keyId: verdict.keyId, lastUsed: Date.now() }])
    response.writeHead(verdict.ok ? 200 : 401).end()
  })
  await once(receiver.listen(0, '127.0.0.1'), 'listening')
  return `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`
}

async function checklist() {
  const { stdout } = await runCommand(['keys', 'checklist', 'autify', '--json', ...store()])
  const { steps, ...rest } = JSON.parse(stdout)
  const stepOf = (name: string) => steps.find((step: { name: string }) => step.name === name)
  return {
    ...rest,
    commandOf: (name: string): string => stepOf(name).commands[0],
    stateOf: (name: string) => stepOf(name).state,
  }
}

const shell = (command: string) =>
  promisify(execFile)('sh', ['-c', command], { env: { PATH: `${folder}:${process.env.PATH}` } })

describe('the commands of a checklist', () => {
  it('do what it says, when they are copied into a shell', async () => {
    const url = await startReceiver()
    await runCommand(['keys', 'add', 'autify', '--secret', 'fake-secret-one', ...store()])
    const begin = await checklist()
    await shell(begin.commandOf('begin'))

    const staged = await checklist()
    expect(staged).toMatchObject({ fresh: 'key-2', old: ['key-1'], retire: 'not-yet' })
    const sent = await shell(staged.commandOf('test').replace('https://your.endpoint/webhooks', url))
    expect(sent.stdout).toContain('200')
    expect((await checklist()).stateOf('test')).toBe('done')

    await shell(staged.commandOf('monitor'))
    const { stdout } = await runCommand(['keys', 'list', 'autify', '--json', ...store()])
    expect(JSON.parse(stdout).keys).toMatchObject([
      { id: 'key-1', state: 'retiring' },
      { id: 'key-2', state: 'active', lastUsed: expect.any(Number) },
    ])
  })
})
