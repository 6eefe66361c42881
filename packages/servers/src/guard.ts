import { type ChildProcess, spawn } from 'node:child_process'
import type { Socket } from 'node:net'

// A frozen child of the server would not notice that its parent has gone: all are killed, wherever they stand.
const KILL_WHEN_ALONE = `
  trap '' HUP INT TERM
  read -r _
  kill -KILL "$1" $(ps -A -o pid=,ppid= | awk -v parent="$1" '$2 == parent { print $1 }')
  sleep 1
  rm -rf "$2"`

/**
 * Kills the server and removes its directory when this process ends, in whatever way, SIGKILL included: the guard's input is
 * a pipe of this process, which the system then closes. Gives what dismisses the guard.
 */
export function guard(server: ChildProcess, directory: string): () => void {
  const watchman = spawn('sh', ['-c', KILL_WHEN_ALONE, 'guard', String(server.pid), directory], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // Its own group: a signal to ours, such as that of Ctrl-C, is not for it.
    detached: true,
  })
  watchman.on('error', () => undefined)
  watchman.unref()
  const pipe = watchman.stdin as Socket
  pipe.on('error', () => undefined)
  pipe.unref()
  return () => {
    watchman.kill('SIGKILL')
  }
}
