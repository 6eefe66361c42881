#!/usr/bin/env node
import { run } from './program.js'
import { processTerminal } from './terminal.js'

// A reader that has seen enough (`| head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

// Not process.exit: what is still to be written to a pipe would be cut off.
process.exitCode = await run(process.argv.slice(2), processTerminal)
