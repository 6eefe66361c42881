import { CountersignError } from '@countersign/core'

/** Of PostgreSQL: undefined_table and invalid_schema_name. */
const MISSING_TABLE = new Set(['42P01', '3F000'])

/** An error as an operator needs it: which store, why, and which command or option helps. Others are as they were. */
export function storeError(error: unknown, shown: string): unknown {
  if (!(error instanceof CountersignError)) return error
  switch (error.code) {
    case 'store-failed':
      return isMissingTable(error.cause)
        ? coded(
            'store-failed',
            `store-failed: ${shown} lacks tables of Countersign: countersign keys migrate creates them`,
          )
        : notAnswering(shown, error.cause ?? error)
    case 'seal-missing':
      return coded(error.code, `${error.message}. Here: --plaintext`)
    case 'keyring-malformed':
      // It may be sealed, and was read as plain text.
      return error.message.includes('sealed')
        ? coded(error.code, `${error.message}. Here: COUNTERSIGN_MASTER_KEY or --master-key-file <path>`)
        : error
    default:
      return error
  }
}

/** The store could not be reached, or has not answered. No message of the clients' holds a password. */
export function notAnswering(shown: string, reason: unknown): Error {
  return coded('store-failed', `store-failed: ${shown} could not be asked: ${reasonOf(reason)}`)
}

function isMissingTable(cause: unknown): boolean {
  return MISSING_TABLE.has(String((Object(cause) as { code?: unknown }).code))
}

/** Several addresses of one host that all refuse make an error without a message. */
function reasonOf(reason: unknown): string {
  if (reason instanceof AggregateError && reason.message === '') return reason.errors.map(reasonOf).join(', ')
  return reason instanceof Error ? reason.message : String(reason)
}

function coded(code: string, message: string): Error {
  return Object.assign(new Error(message), { code })
}
