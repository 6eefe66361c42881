import { type KeyringRecords, type KeyringStore, plaintextAtRest, sealed } from '@countersign/core'
import { InvalidArgumentError } from 'commander'
import { readInputFile } from '../input-file.js'
import type { Terminal } from '../terminal.js'

export interface SealFlags {
  readonly masterKeyFile?: string
  readonly plaintext?: true
}

const VARIABLE = 'COUNTERSIGN_MASTER_KEY'

/**
 * Makes a store of records, sealed or in plain text as was asked for.
 *
 * @throws InvalidArgumentError where neither was. CountersignError `master-key-malformed`.
 */
export async function sealedOrPlain(
  records: KeyringRecords,
  flags: SealFlags,
  { env }: Terminal,
): Promise<KeyringStore> {
  if (flags.plaintext) return plaintextAtRest(records)
  const file = flags.masterKeyFile
  const text = file === undefined ? env[VARIABLE] : Buffer.from(await readInputFile(file)).toString()
  if (text === undefined || text === '') {
    throw new InvalidArgumentError(
      `say how keyrings are kept: sealed, with ${VARIABLE} or --master-key-file <path> (openssl rand -base64 32 makes a ` +
        'key), or in the clear, with --plaintext',
    )
  }
  // Of several the first seals and all open: that is how a master key is replaced.
  return sealed(records, text.trim().split(/\s+/))
}
