#!/usr/bin/env node
import { EXIT } from './exit-codes.js'
import { run } from './program.js'
import { processTerminal } from './terminal.js'

let isOutputLost = false

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that has seen enough (`| head`) is no fault.
    if (error.code === 'EPIPE') return
    isOutputLost = true
    process.exitCode = EXIT.operator
    if (stream === process.stdout) process.stderr.write(`error: the output cannot be written: ${error.message}\n`)
  })
}

const code = await run(process.argv.slice(2), processTerminal)
// Not process.exit: what is still to be written to a pipe would be cut off.
process.exitCode = isOutputLost ? EXIT.operator : code
