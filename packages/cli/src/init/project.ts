import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Framework, frameworkOf } from './frameworks.js'

/** What there is to know of a project before something is written into it. */
export interface Project {
  readonly framework: Framework
  readonly isTypeScript: boolean
  /** Whether `.js` means ESM. */
  readonly isModule: boolean
  readonly hasSource: boolean
  /** Next's folder of routes may stand in src. */
  readonly hasSourceApp: boolean
  readonly addCommand: string
}

/** Reads the project of a folder. @throws Error where its package.json is no JSON. */
export function readProject(folder: string, framework?: Framework): Project {
  const files = new Set(readdirSync(folder))
  const manifest = files.has('package.json') ? readManifest(join(folder, 'package.json')) : {}
  const dependencies = new Set(Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }))
  const chosen = framework ?? frameworkOf(dependencies, files)
  const isTypeScript =
    files.has('tsconfig.json') || dependencies.has('typescript') || chosen === 'deno' || chosen === 'bun'
  return {
    framework: chosen,
    isTypeScript,
    isModule: manifest.type === 'module',
    hasSource: files.has('src'),
    hasSourceApp: existsSync(join(folder, 'src', 'app')),
    addCommand: addCommandOf(files, chosen),
  }
}

interface Manifest {
  readonly type?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

function readManifest(path: string): Manifest {
  try {
    return Object(JSON.parse(readFileSync(path, 'utf8')))
  } catch (cause) {
    throw new Error(`${path} cannot be read as JSON`, { cause })
  }
}

const LOCKFILES: readonly (readonly [file: string, command: string])[] = [
  ['pnpm-lock.yaml', 'pnpm add'],
  ['yarn.lock', 'yarn add'],
  ['bun.lock', 'bun add'],
  ['bun.lockb', 'bun add'],
]

function addCommandOf(files: ReadonlySet<string>, framework: Framework): string {
  const [, command] = LOCKFILES.find(([file]) => files.has(file)) ?? []
  if (command !== undefined) return command
  return framework === 'bun' ? 'bun add' : 'npm install'
}
