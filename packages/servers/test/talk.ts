import { spawnSync } from 'node:child_process'
import { connect } from 'node:net'

/** What a Redis server answers to a line, as it comes, or undefined if it is silent for so long. */
export function redisAnswer(port: number, line: string, patienceMs = 10_000): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' })
    socket.setTimeout(patienceMs, () => {
      socket.destroy()
      resolve(undefined)
    })
    socket.on('error', reject)
    socket.on('data', (data) => {
      socket.destroy()
      resolve(data.toString().trim())
    })
    socket.write(`${line}\r\n`)
  })
}

/** What psql prints, or undefined if the server is silent for so long. @throws Error with what psql complains of. */
export function sqlAnswer(url: string, sql: string, patienceMs = 10_000): string | undefined {
  const { status, stdout, stderr, error } = spawnSync('psql', ['-X', '-A', '-t', '-q', '-d', url, '-c', sql], {
    timeout: patienceMs,
    encoding: 'utf8',
  })
  if ((error as NodeJS.ErrnoException | undefined)?.code === 'ETIMEDOUT') return undefined
  if (status !== 0) throw new Error(stderr)
  return stdout.trim()
}

/** The processes that have this text in their command line. */
export function processesWith(text: string): string[] {
  return lines('pid=,args=').filter((line) => line.includes(text))
}

/** The ids of those processes and of their children. */
export function familyWith(text: string): number[] {
  const parents = processesWith(text).map((line) => Number.parseInt(line, 10))
  const children = lines('pid=,ppid=').map((line) => line.trim().split(/\s+/).map(Number))
  return children.filter((ids) => parents.some((parent) => ids.includes(parent))).map(([pid]) => pid ?? 0)
}

/** Those of them that are no zombies. */
export function stillRunning(pids: readonly number[]): string[] {
  return lines('pid=,stat=,args=').filter((line) => {
    const [pid, state] = line.trim().split(/\s+/)
    return pids.includes(Number(pid)) && !state?.startsWith('Z')
  })
}

function lines(columns: string): string[] {
  return spawnSync('ps', ['-A', '-o', columns], { encoding: 'utf8' }).stdout.split('\n')
}
