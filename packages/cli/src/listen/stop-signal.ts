import type { Output } from '../terminal.js'

/** Resolves when the user wants an end: Ctrl-C, a kill, or nobody left who reads the output. */
export function untilStopped(output: Output): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      for (const signal of SIGNALS) process.off(signal, stop)
      resolve()
    }
    for (const signal of SIGNALS) process.once(signal, stop)
    output.once('close', stop)
    output.once('error', stop)
  })
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const
