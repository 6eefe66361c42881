import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { rawRequest } from '../raw-request.js'
import type { ReceivedRequest } from './delivery.js'

/**
 * Keeps a delivery as a file that `countersign explain` reads. Resolves to its path.
 *
 * @param at milliseconds since the epoch.
 * @throws Error saying that it was not saved.
 */
export async function saveDelivery(
  folder: string,
  request: ReceivedRequest,
  at: number,
  verdict: string,
): Promise<string> {
  const name = `${new Date(at).toISOString().replaceAll(':', '')}-${verdict}`
  const { method, target, headers, body } = request
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    return await writeNew(join(folder, name), rawRequest(method, target, headers, body))
  } catch (cause) {
    throw new Error(`it was not saved: ${(cause as Error).message}`, { cause })
  }
}

/** To a path that is free. */
async function writeNew(stem: string, bytes: Uint8Array): Promise<string> {
  for (let count = 1; ; count++) {
    const path = `${stem}${count === 1 ? '' : `-${count}`}.http`
    try {
      // For its owner alone: what is in a delivery is nobody else's, and in token mode that is the secret.
      await writeFile(path, bytes, { flag: 'wx', mode: 0o600 })
      return path
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}
