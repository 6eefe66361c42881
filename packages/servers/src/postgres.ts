import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { answers } from './answers.js'
import { postgresFolder } from './postgres-binaries.js'
import { runServer } from './run-server.js'
import type { Server } from './server.js'

export interface PostgresServer extends Server {
  readonly url: string
}

type Command = readonly [file: string, ...args: string[]]

const run = promisify(execFile)

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  // No socket in the file system: its path could be too long, and would have to be nobody else's.
  unix_socket_directories: '',
  // Files of the data directory, which goes with it. Elsewhere a kill would leave them.
  dynamic_shared_memory_type: 'mmap',
  shared_buffers: '16MB',
  max_connections: '200',
  fsync: 'on',
  synchronous_commit: 'on',
}

/**
 * Starts a PostgreSQL server that keeps on the disk what it has committed. The user is postgres, without a password.
 *
 * @throws Error if it is not installed.
 */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = postgresFolder()
  const directory = await mkdtemp(join(tmpdir(), 'countersign-postgres-'))
  const data = join(directory, 'data')
  try {
    await createCluster(folder, directory, data)
  } catch (error) {
    await rm(directory, { recursive: true, force: true })
    throw error
  }
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const server = await runServer({
    name: 'postgres',
    directory,
    command: (port) => unprivileged([join(folder, 'postgres'), '-D', data, '-p', String(port), ...settings]),
    isAnswering: (port, pid) => isAnswering(data, port, pid),
  })
  return {
    ...server,
    url: `postgres://postgres@127.0.0.1:${server.port}/postgres`,
    async stop() {
      await server.kill()
      await removeSharedMemory(data)
      await server.stop()
    },
  }
}

async function createCluster(folder: string, directory: string, data: string): Promise<void> {
  if (isRoot()) await run('chown', ['nobody:nogroup', directory])
  const [file, ...args] = unprivileged([
    join(folder, 'initdb'),
    ...[
      '--pgdata',
      data,
      '--username',
      'postgres',
      '--auth',
      'trust',
      '--encoding',
      'UTF8',
      '--locale',
      'C',
      '--no-sync',
    ],
  ])
  await run(file, args, { cwd: directory })
}

/** PostgreSQL refuses to be run by root. */
function unprivileged(command: Command): Command {
  return isRoot() ? ['setpriv', '--reuid=nobody', '--regid=nogroup', '--clear-groups', ...command] : command
}

function isRoot(): boolean {
  return process.getuid?.() === 0
}

/** PostgreSQL's own note says whether it has its port; a connection, whether it is through with its recovery. */
async function isAnswering(data: string, port: number, pid: number): Promise<boolean> {
  const note = await ownNote(data)
  if (Number(note[0]) !== pid || note[7]?.trim() !== 'ready') return false
  return answers(port, startupMessage({ user: 'postgres', database: 'postgres' }), (answer) => answer.startsWith('R'))
}

/** The first message of protocol 3.0: its length, the version, names and values. */
function startupMessage(parameters: Readonly<Record<string, string>>): string {
  const text = `${Object.entries(parameters).flat().join('\0')}\0\0`
  const head = Buffer.alloc(8)
  head.writeInt32BE(head.length + text.length)
  head.writeInt16BE(3, 4)
  return head.toString('latin1') + text
}

/** A killed server leaves a segment of System V shared memory. It would find it when started again; here it is not. */
async function removeSharedMemory(data: string): Promise<void> {
  const segment = (await ownNote(data))[6]?.trim().split(/\s+/)[1]
  // That it has gone is as well.
  if (segment !== undefined) await run('ipcrm', ['-m', segment]).catch(() => undefined)
}

/** The lines of postmaster.pid: its process comes first, its shared memory is the seventh, its state the eighth. */
async function ownNote(data: string): Promise<readonly string[]> {
  return (await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')
}
