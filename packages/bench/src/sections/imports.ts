import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PEERS } from '../peers/index.js'
import { plainEnvironment } from '../plain-environment.js'
import { type Contestant, type Samples, takeRounds } from '../rounds.js'

export const ADAPTERS = ['agilepoint', 'autify', 'global-commerce', 'insider', 'orange-logic'] as const
export const FORMS = ['esm', 'cjs'] as const
type Form = (typeof FORMS)[number]

export interface ImportResult {
  /** Of one process each. */
  readonly samples: Samples
  /** What could not be imported in a form, and why. */
  readonly left: Readonly<Record<string, string>>
}

/** What a receiver's file imports, where that is not the package's name alone. */
const ENTRIES: Record<string, readonly string[]> = {
  '@shopify/shopify-api': ['@shopify/shopify-api/adapters/node', '@shopify/shopify-api'],
  'box-node-sdk': ['box-node-sdk/managers'],
}

export const EMPTY = 'empty'
/** What nothing does without that makes an HMAC in Node. */
export const CRYPTO = 'node:crypto'
/** An adapter and a core that do nothing but import that: the floor of what stands in two packages. */
export const BARE_ADAPTER = '@bare/adapter'
const BARE_CORE = '@bare/core'
export const importId = (name: string, form: Form) => `${name} ${form}`

/** Whole processes, from start to end, that import one thing and do no more; and empty ones beside them. */
export async function measureImports({ project }: { project: string }): Promise<ImportResult> {
  const names = [...ADAPTERS.map((folder) => `@countersign/${folder}`), ...PEERS.map(({ id }) => id)]
  const left: Record<string, string> = {}
  const contestants: Contestant[] = []
  writePackage(project, BARE_CORE, CRYPTO)
  writePackage(project, BARE_ADAPTER, BARE_CORE)
  for (const name of [EMPTY, CRYPTO, BARE_ADAPTER, ...names]) {
    for (const form of FORMS) {
      const script = writeScript(project, name, form)
      const failure = failureOf(script)
      if (failure) left[importId(name, form)] = failure
      else contestants.push({ id: importId(name, form), turn: (calls) => run(script, calls) })
    }
  }
  return { samples: await takeRounds(contestants, { rounds: 21, turnMs: 1, warmUpRounds: 1 }), left }
}

/** A package that gives on what another has, of the shape that ours have. */
function writePackage(project: string, name: string, other: string): void {
  const folder = join(project, 'node_modules', name)
  mkdirSync(folder, { recursive: true })
  const exports = { '.': { import: './index.js', require: './index.cjs' } }
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, type: 'module', exports }))
  writeFileSync(join(folder, 'index.js'), `export * from '${other}'\n`)
  writeFileSync(join(folder, 'index.cjs'), `module.exports = require('${other}')\n`)
}

function writeScript(project: string, name: string, form: Form): string {
  const entries = name === EMPTY ? [] : (ENTRIES[name] ?? [name])
  const text = entries.map((entry) => (form === 'esm' ? `import '${entry}'\n` : `require('${entry}')\n`)).join('')
  const script = join(project, `${name.replace(/\W/g, '-')}.${form === 'esm' ? 'mjs' : 'cjs'}`)
  writeFileSync(script, text)
  return script
}

const start = (script: string) => spawnSync(process.execPath, [script], { env: plainEnvironment(), encoding: 'utf8' })

function failureOf(script: string): string | undefined {
  const { status, stderr } = start(script)
  return status === 0 ? undefined : (/^\w*Error.*$/m.exec(stderr)?.[0] ?? `ended with ${status}`)
}

function run(script: string, calls: number): number {
  const began = performance.now()
  for (let made = 0; made < calls; made += 1) start(script)
  return performance.now() - began
}
