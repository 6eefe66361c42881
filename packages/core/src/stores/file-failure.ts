import { CountersignError } from '../errors.js'
import { codeOf } from './private-file.js'

/** @throws CountersignError `store-failed`, for what is not one already. */
export async function storeReported<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (cause) {
    if (cause instanceof CountersignError) throw cause
    throw new CountersignError('store-failed', `${codeOf(cause) ?? (cause as Error).message} at ${path}`, { cause })
  }
}
