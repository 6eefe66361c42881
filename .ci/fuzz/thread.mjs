import { Worker } from 'node:worker_threads'

/** No single text may take as long. Nothing is judged by its time: this is for what would never end. */
const HANGS_MS = 120_000

/**
 * A thread that runs properties, one at a time.
 *
 * @returns {{ run(name: string): Promise<object>, end(): Promise<unknown> }} `run` gives what came of a property; where it
 * hangs or ends the thread, in which of its runs.
 */
export function createThread(bundle, options) {
  const started = new SharedArrayBuffer(4)
  const count = new Int32Array(started)
  let worker

  /** fast-check's path to a run that was not shrunk is its number. */
  const broken = (error) => ({
    failed: true,
    runs: count[0],
    path: String(Math.max(count[0] - 1, 0)),
    counterexample: 'not shrunk',
    error,
  })

  return {
    async run(name) {
      worker ??= new Worker(new URL('worker.mjs', import.meta.url), {
        workerData: { bundle, options, started },
        execArgv: ['--enable-source-maps'],
      })
      const result = await answerOf(worker, name)
      if (result.isBroken) await this.end()
      return result.isBroken ? broken(result.error) : result
    },
    async end() {
      await worker?.terminate()
      worker = undefined
    },
  }

  function answerOf(thread, name) {
    return new Promise((resolve) => {
      let seen = -1
      const watch = setInterval(() => {
        if (count[0] === seen) end({ isBroken: true, error: `the run has not ended for ${HANGS_MS / 1000} s` })
        seen = count[0]
      }, HANGS_MS)
      const end = (result) => {
        clearInterval(watch)
        thread.off('message', end).off('error', onError)
        resolve(result)
      }
      const onError = ({ stack }) => end({ isBroken: true, error: stack })
      thread.on('message', end).on('error', onError)
      thread.postMessage(name)
    })
  }
}
