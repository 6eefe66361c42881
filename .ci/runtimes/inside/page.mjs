// For a page and for an edge VM: a global function, asked for what came out as JSON.
import { runSuite } from './suite.mjs'

globalThis.runSuite = async (wanted) => JSON.stringify(await runSuite(wanted))
