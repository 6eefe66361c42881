import { CountersignError } from '@countersign/core'
import type { Output, Terminal } from './terminal.js'

/** What failed, for a reader: the message, and what stands behind it where the message does not say it. */
interface Failure {
  readonly code: string
  readonly message: string
  readonly hint?: string
}

/** Tells on stderr what an action threw; with `--json` on stdout, where a program reads. */
export function printFailure(error: unknown, json: boolean, { stdout, stderr }: Terminal): void {
  const failure = failureOf(error)
  const { message, hint } = failure
  if (json) printFailureDocument(failure, stdout)
  else stderr.write(`error: ${message}\n${hint === undefined ? '' : `hint: ${hint}\n`}`)
}

export function printFailureDocument(failure: Failure, stdout: Output): void {
  stdout.write(`${JSON.stringify({ ok: false, error: failure })}\n`)
}

/** An error of ours names its fix; one of a store or a file has its reason in the cause. */
function failureOf(error: unknown): Failure {
  const message = messageOf(error)
  const cause = error instanceof Error && error.cause !== undefined ? messageOf(error.cause) : ''
  const hint = cause !== '' && !message.includes(cause) ? { hint: cause } : {}
  return { code: codeOf(error), message, ...hint }
}

function codeOf(error: unknown): string {
  if (error instanceof CountersignError) return error.code
  const { code } = Object(error) as { code?: unknown }
  return typeof code === 'string' ? code : 'failed'
}

/** Several addresses of one host that all refuse make an AggregateError without a message. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(messageOf).join(', ')
  return error instanceof Error ? error.message : String(error)
}
