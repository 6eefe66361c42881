import { readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { CountersignError } from '../errors.js'
import { storeReported } from './file-failure.js'
import {
  addVersion,
  emptyVersionsBelow,
  hasVersion,
  newestVersion,
  ringDirectory,
  ringNameOf,
  versionPath,
} from './keyring-directory.js'
import type { KeyringRecord, KeyringRecords } from './keyring-records.js'
import { createPrivateDirectory, createPrivatePath, readPrivateFile, removeAbandoned, unless } from './private-file.js'

/** So many times another was faster in between. It is a fault of the file system if that does not end. */
const LOOKS = 100

/** Where files are made before they come to their places. No ring has such a directory. */
const STAGING = 'new'

/**
 * Keyring records in a directory, for all processes of one machine. It needs a local file system with hard links, as those of
 * Linux and macOS have; not one on a network.
 *
 * The directory is created with the first ring, for this user alone; each file in it is for this user alone, too, and refused
 * when it no longer is. If the directory goes while it is in use, that is an outage, and not a store without rings.
 *
 * How it holds, whoever does what at the same time, and wherever a process is killed:
 *
 * - A ring has a directory, and each of its versions a file, named by its number. Such a name is never removed, so a number
 *   that was taken stays taken.
 * - A version comes to its place by `link`, which fails where there is something: of any number at the same time, one
 *   succeeds. Its text is whole and on the disk by then; nobody finds half of it.
 * - Whoever adds version 8 has seen 7 as the newest. Only who has seen 8 adds 9. So if 8 can be added, 7 still was the newest
 *   at that moment: what was expected is what was replaced, without a lock that a killed process could leave behind.
 * - What is under a version that stands is emptied: an empty file is renamed over it, so that secrets which were rotated away
 *   are not kept, and the number stays taken. The newest is never emptied. Who has opened an older one still reads the whole
 *   of it; who finds it empty finds a newer one with the next look.
 * - A process that is killed has added its version, or has not. If it has, and has emptied nothing, the next write does that:
 *   it goes down from the newest to the first empty file. As the lowest is emptied first, under that there is nothing left.
 * - What a killed process was about to put in place is swept up by a write a day later, secrets and all.
 *
 * A version that was added outlasts a power loss. What was emptied in the seconds before may be back, until the next write.
 *
 * @throws CountersignError `option-invalid`; the methods reject with `store-failed`, naming the path and with the system's error as cause, and
 * with `keyring-exposed`, naming the path and the mode, if the group or others have any right to a ring; not on Windows, which
 * has no such modes.
 */
export function fileKeyrings(directory: string): KeyringRecords {
  if (typeof directory !== 'string' || directory === '') {
    throw new CountersignError('option-invalid', 'fileKeyrings takes the path of a directory')
  }
  const home = resolve(directory)
  const staging = join(home, STAGING)
  // From then on, a store that is missing has gone.
  let wasThere = false

  /** @throws what the system says, if the store has gone: unmounted, or removed. */
  async function requirePresence(): Promise<void> {
    const names = await (wasThere ? readdir(home) : unless(['ENOENT'], readdir(home)))
    const isThere = names?.some((name) => name === STAGING || ringNameOf(name) !== undefined) ?? false
    // What an empty mount point looks like.
    if (wasThere && !isThere) throw new Error('the directory was replaced by one without keyrings')
    wasThere ||= isThere
  }

  async function prepare(): Promise<void> {
    await (wasThere ? createPrivateDirectory(staging) : createPrivatePath(staging))
    wasThere = true
  }

  return Object.freeze<KeyringRecords>({
    async read(name) {
      const ring = join(home, ringDirectory(name))
      return storeReported(ring, async () => {
        const record = await readNewest(ring)
        if (record === undefined) await requirePresence()
        else wasThere = true
        return record
      })
    },
    async write(name, { version, text }, expectedVersion) {
      const ring = join(home, ringDirectory(name))
      return storeReported(ring, async () => {
        await requirePresence()
        if ((await newestVersion(ring)) !== expectedVersion) return false
        await prepare()
        const isAdded = await addVersion(ring, version, text, staging)
        if (isAdded) await emptyVersionsBelow(ring, version, staging)
        await removeAbandoned(staging)
        return isAdded
      })
    },
    async list() {
      return storeReported(home, async () => {
        const directories = (await unless(['ENOENT'], readdir(home))) ?? []
        const names: string[] = []
        for (const name of directories.map(ringNameOf)) {
          if (name !== undefined && (await hasVersion(join(home, ringDirectory(name))))) names.push(name)
        }
        // At the end: what has gone meanwhile is not to look like rings that never were.
        await requirePresence()
        return names
      })
    },
  })
}

async function readNewest(ring: string): Promise<KeyringRecord | undefined> {
  for (let look = 0; look < LOOKS; look++) {
    const version = await newestVersion(ring)
    if (version === undefined) return undefined
    const text = await unless(['ENOENT'], readPrivateFile(versionPath(ring, version)))
    if (text) return { version, text }
  }
  throw new Error('its newest version is empty')
}
