import { readdir, unlink } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { CountersignError } from '../errors.js'
import type { KeyUseRecord, KeyUseRecords } from '../key-use-records.js'
import { storeReported } from './file-failure.js'
import { addVersion, ringDirectory, versionPath, versionsIn } from './keyring-directory.js'
import { isKeyringName } from './keyring-records.js'
import { latestKeyUses } from './latest-key-uses.js'
import { createPrivatePath, readPrivateFile, removeAbandoned, unless } from './private-file.js'

/** So many times another was faster in between. It is a fault of the file system if that does not end. */
const TRIES = 100

/** Apart from keyrings, so that both can have the same folder. */
const HOME = 'key-uses'
/** Where files are made before they come to their places. No ring has such a directory. */
const STAGING = 'new'

/**
 * When keys were last used, in a folder, for all processes of one machine; it may be that of `fileKeyrings`. It needs a
 * local file system with hard links. The files are for this user alone.
 *
 * How it holds, whoever writes at the same time, and wherever a process is killed:
 *
 * - A ring has a directory with one small file, named by a number. Who writes adds the next number, with what was in the
 *   file before and what is new, by `link`, which fails where there is something: then it looks again.
 * - Only then what has a smaller number is removed. So the newest stands always, and a number can be free below it. Who was
 *   stopped for so long that it has taken such a one sees that a newer one is there, and writes again: what is written
 *   twice is the same, since of each key the latest counts.
 * - So the newest has all that was ever confirmed, and no lock can be left behind.
 *
 * @throws CountersignError `option-invalid`; the methods reject with `store-failed`, `keyring-name-invalid`, and with
 * `keyring-exposed` if the group or others have any right to the files.
 */
export function fileKeyUses(folder: string): KeyUseRecords {
  if (typeof folder !== 'string' || folder === '') {
    throw new CountersignError('option-invalid', 'fileKeyUses takes the path of a directory')
  }
  const home = resolve(folder, HOME)
  const staging = join(home, STAGING)
  // From then on, a store that is missing has gone.
  let wasThere = false

  /** @throws what the system says, if the store has gone: unmounted, or removed. */
  async function requirePresence(): Promise<void> {
    const names = await (wasThere ? readdir(home) : unless(['ENOENT'], readdir(home)))
    const isThere = names?.includes(STAGING) ?? false
    if (wasThere && !isThere) throw new Error('the directory was replaced by one without uses of keys')
    wasThere = isThere
  }

  async function prepare(): Promise<void> {
    await requirePresence()
    if (!wasThere) await createPrivatePath(staging)
    wasThere = true
  }

  return Object.freeze<KeyUseRecords>({
    async record(name, uses) {
      const given = latestKeyUses(name, uses)
      const ring = join(home, ringDirectory(name))
      await storeReported(ring, async () => {
        await prepare()
        await keep(name, given, ring, staging)
        await removeAbandoned(staging)
      })
    },
    async read(name) {
      // A path is not made of what is no name.
      if (!isKeyringName(name)) return []
      const ring = join(home, ringDirectory(name))
      return storeReported(ring, async () => {
        const newest = await readNewest(ring)
        if (newest === undefined) await requirePresence()
        else wasThere = true
        return newest?.uses ?? []
      })
    },
  })
}

interface Newest {
  readonly version: number
  readonly uses: readonly KeyUseRecord[]
}

async function keep(name: string, given: readonly KeyUseRecord[], ring: string, staging: string): Promise<void> {
  for (let tries = 0; tries < TRIES; tries++) {
    const { version, uses } = (await readNewest(ring)) ?? { version: 0, uses: [] }
    const merged = latestKeyUses(name, [...uses, ...given])
    if (version > 0 && textOf(merged) === textOf(uses)) return
    const isAdded = await addVersion(ring, version + 1, textOf(merged), staging)
    if (isAdded && (await isNewest(ring, version + 1))) return removeBelow(ring, version + 1)
  }
  throw new Error(`others were faster ${TRIES} times`)
}

async function readNewest(ring: string): Promise<Newest | undefined> {
  for (let look = 0; look < TRIES; look++) {
    const versions = await versionsIn(ring)
    if (versions.length === 0) return undefined
    const version = Math.max(...versions)
    // Missing if it was just replaced.
    const text = await unless(['ENOENT'], readPrivateFile(versionPath(ring, version)))
    if (text !== undefined) return { version, uses: usesOf(text) }
  }
  throw new Error('it is replaced all the time')
}

async function isNewest(ring: string, version: number): Promise<boolean> {
  return Math.max(...(await versionsIn(ring))) === version
}

async function removeBelow(ring: string, version: number): Promise<void> {
  for (const older of await versionsIn(ring)) {
    if (older < version) await unless(['ENOENT'], unlink(versionPath(ring, older)))
  }
}

/** Pairs: a key may have any id, also one that means something to an object. */
function textOf(uses: readonly KeyUseRecord[]): string {
  return JSON.stringify(uses.map(({ keyId, lastUsed }) => [keyId, lastUsed]))
}

/** @throws SyntaxError or TypeError for what `textOf` did not write. */
function usesOf(text: string): readonly KeyUseRecord[] {
  return (JSON.parse(text) as readonly (readonly [string, number])[]).map(([keyId, lastUsed]) => {
    if (!Number.isSafeInteger(lastUsed)) throw new TypeError('a file of uses was changed')
    return { keyId, lastUsed }
  })
}
