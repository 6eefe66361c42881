// Each package as it would be published, judged by publint and attw without any remark; and one shape for all of them.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { packAll } from '../pack-test/pack.mjs'
import { inPool } from './lib/pool.mjs'
import { report } from './lib/report.mjs'
import { run } from './lib/run.mjs'
import { publishedPackages, root, tool, workspacePackages } from './lib/workspace.mjs'

const ROOMS = ['src', 'test', 'README.md', 'package.json', 'tsconfig.json']
/** The page is bundled for browsers by Vite, and by a command of its own: `npm start` and `npm test` do without it. */
const PAGE = 'playground'
/** The same in all manifests. */
const SHARED_FIELDS = ['license', 'type', 'engines']
/** The same in all that are published, which are released together. */
const PUBLISHED_FIELDS = ['version', 'publishConfig']
/** The same in all that are built by tsup. */
const BUILT_FIELDS = ['files', 'scripts']

const packages = workspacePackages()
const problems = [...packages.flatMap(shapeProblems), ...(await tarballProblems())]
report('packages', problems, `${packages.length} of one shape, nothing to remark for publint and attw`)

function shapeProblems({ folder, path, manifest }) {
  const config = folder === PAGE ? 'vite.config.ts' : 'tsup.config.ts'
  const fields = [
    ...SHARED_FIELDS,
    ...(folder === PAGE ? [] : BUILT_FIELDS),
    ...(manifest.private ? [] : PUBLISHED_FIELDS),
  ]
  const missing = [...ROOMS, config].filter((room) => !existsSync(join(path, room))).map((room) => `has no ${room}`)
  const [{ folder: model, manifest: modelManifest }] = packages
  const odd = fields
    .filter((field) => JSON.stringify(manifest[field]) !== JSON.stringify(modelManifest[field]))
    .map((field) => `has another "${field}" in package.json than ${model}`)
  if (manifest.repository?.directory !== `packages/${folder}`) odd.push('has another repository.directory than its own')
  return [...missing, ...odd].map((problem) => `${folder}: ${problem}`)
}

async function tarballProblems() {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-check-'))
  try {
    const tarballs = await packAll(folder)
    return (await Promise.all(inPool(publishedPackages(), (one) => remarks(one, tarballs.get(one.name))))).flat()
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function remarks({ folder, manifest }, tarball) {
  const { messages, pkg } = await publint({ pack: { tarball: new Uint8Array(readFileSync(tarball)).buffer } })
  const found = messages.map((message) => `${folder}: publint: ${formatMessage(message, pkg, { color: false })}`)
  // A package that only brings a command exports no code, so there are no types to be wrong.
  if (manifest.types === undefined && manifest.exports?.['.'] === undefined) return found
  // What is no code has no types either.
  const excluded = Object.keys(manifest.exports).filter((entry) => entry.endsWith('.sql'))
  const exclusion = excluded.length > 0 ? ['--exclude-entrypoints', ...excluded.map((entry) => entry.slice(2))] : []
  const args = [tarball, '--no-color', '--no-emoji', '--format', 'ascii', ...exclusion]
  const attw = await run(tool('attw'), args, { cwd: root })
  // Without types at all attw says so and is content.
  const content = attw.ok && attw.stdout.includes('No problems found')
  return content ? found : [...found, `${folder}: attw: ${attw.output.trim()}`]
}
