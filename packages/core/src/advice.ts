import type { ErrorCode } from './errors.js'

/**
 * What to do about an error, for the codes whose message does not say it itself. `#advice` is such a table, chosen by the
 * package's `imports` condition like the engine: whole where `node:crypto` is, empty where every kilobyte is sent to a
 * browser. There, the table of errors in the README says it.
 */
export type Advice = Partial<Record<ErrorCode, string>>
