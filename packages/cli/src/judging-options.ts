import { type AnyProvider, createVerifier, type Keyring, type Verdict } from '@countersign/core'
import type { CapturedRequest } from '@countersign/core/explain'
import { type Command, InvalidArgumentError } from 'commander'
import { nowOption } from './time-option.js'

export interface JudgingFlags {
  readonly now?: number
  readonly tolerance?: number
  readonly maxBody?: number
}

/** Adds what a verifier's verdict depends on beside keys and request. */
export function judgingOptions(command: Command): Command {
  return command
    .addOption(nowOption('judge as if it were this moment'))
    .option('--tolerance <seconds>', 'how far a signed stamp may be off (default: as the provider says)', parseCount)
    .option('--max-body <bytes>', 'longest body accepted (default: 1048576)', parseCount)
}

/** What a receiver with these keys would say. */
export function judge(
  provider: AnyProvider,
  keys: Keyring,
  { headers, body, url, method }: CapturedRequest,
  { now, tolerance, maxBody }: { now: number; tolerance?: number | undefined; maxBody?: number | undefined },
): Promise<Verdict> {
  const options = { keys, now: () => now, toleranceSeconds: tolerance, maxBodyBytes: maxBody }
  return createVerifier(provider, options).verify({ headers, body, url, method })
}

export function parseCount(text: string): number {
  if (/^\d{1,12}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It must be a whole number.')
}
