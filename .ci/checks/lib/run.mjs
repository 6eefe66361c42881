import { execFile } from 'node:child_process'

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024

/**
 * Runs a command, keeping its output.
 *
 * @returns {Promise<{ ok: boolean, stdout: string, stderr: string, output: string }>} `output` is both, for the reader.
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    execFile(command, args, { maxBuffer: MAX_OUTPUT_BYTES, ...options }, (error, stdout, stderr) => {
      // Without a number for a code the command could not be run at all, and only the error says why.
      const why = error && typeof error.code !== 'number' ? `${error.message}\n` : ''
      resolve({ ok: error === null, stdout, stderr, output: stdout + stderr + why })
    })
  })
}

/** Runs a command that has to succeed; its standard output. */
export async function mustRun(command, args, options) {
  const done = await run(command, args, options)
  if (!done.ok) throw new Error(`${[command, ...args].join(' ')} failed:\n${done.output.trim()}`)
  return done.stdout
}
