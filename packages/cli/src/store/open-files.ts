import { fileKeyrings, fileKeyUses } from '@countersign/core/node'
import type { OpenedRecords } from './records.js'

export function openFiles(folder: string): OpenedRecords {
  return { keyrings: fileKeyrings(folder), keyUses: fileKeyUses(folder), close: async () => undefined }
}
