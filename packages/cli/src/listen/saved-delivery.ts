import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { rawRequest } from '../raw-request.js'
import type { ReceivedRequest } from './delivery.js'

/**
 * Keeps a delivery as a file that `countersign explain` reads. Resolves to its path.
 *
 * @param at milliseconds since the epoch.
 */
export async function saveDelivery(
  folder: string,
  request: ReceivedRequest,
  at: number,
  verdict: string,
): Promise<string> {
  const { method, target, headers, body } = request
  const moment = new Date(at).toISOString().replaceAll(':', '')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  for (let count = 1; ; count++) {
    const path = join(folder, `${moment}-${verdict}${count === 1 ? '' : `-${count}`}.http`)
    try {
      // For its owner alone: what is in a delivery is nobody else's, and in token mode that is the secret.
      await writeFile(path, rawRequest(method, target, headers, body), { flag: 'wx', mode: 0o600 })
      return path
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}
