// For runtimes that run a file: prints what came out as one line of JSON.
import { runSuite } from './suite.mjs'

const { Bun, Deno, process } = globalThis
const result = await runSuite(JSON.parse(process.argv[2]))
const version = Bun?.version ?? Deno?.version.deno ?? process.version.slice(1)
console.log(JSON.stringify({ version, result }))
