import { CountersignError } from '@countersign/core'

/** What Redis says about a command that it does not know: its arguments. */
const ARGUMENTS = /, with args beginning with:.*/s

/** A command failed, or its reply means nothing to us. */
export function storeFailed(command: string, key: string, cause?: unknown): CountersignError {
  const met = `${command} at ${key.slice(0, 200)}`
  return cause === undefined
    ? new CountersignError('store-failed', `${met} was answered by what is no answer`)
    : new CountersignError('store-failed', met, { cause: withoutArguments(cause) })
}

/** ioredis attaches the command with all its arguments. A keyring's text is among them, perhaps in the clear. */
function withoutArguments(cause: unknown): unknown {
  if (!(cause instanceof Error) || !('command' in cause || ARGUMENTS.test(cause.message))) return cause
  const { name, message, command: _, ...rest } = cause as Error & { command?: unknown }
  return Object.assign(new Error(message.replace(ARGUMENTS, '')), rest, { name })
}
