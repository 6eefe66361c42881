import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The first folder that has all these programs. */
export function folderOf(programs: readonly string[], folders: readonly string[]): string | undefined {
  return folders.find((folder) => programs.every((program) => isExecutable(join(folder, program))))
}

export function foldersOnPath(): readonly string[] {
  return (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
