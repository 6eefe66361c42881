// Processes of our own: started, asked, and ended by their handle.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** Starts a script next to this one, and waits until it says on which port it listens. */
export async function startChild(script, args = [], execArgv = []) {
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), args, {
    execArgv,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const ended = once(child, 'exit')
  const failed = ended.then(([code, signal]) => {
    throw new Error(`${script} ended before it listened: ${signal ?? code}`)
  })
  failed.catch(() => {})
  const [{ port }] = await Promise.race([once(child, 'message'), failed])
  return {
    port,
    /** What the child answers to a question. */
    async ask(question) {
      const answer = once(child, 'message')
      child.send(question)
      return (await answer)[0]
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** Listens on a free port, and tells the parent. */
export function listen(server) {
  server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }))
}
