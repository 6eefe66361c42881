// Explaining tries out what would verify: it must not be reachable from anything that verifies. Every entry of every
// published package but core's own ./explain is bundled from its sources, and none may hold a file of it. The command and
// what the testkit is for are people's tools, and may.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { report } from './lib/report.mjs'
import { publishedPackages, root } from './lib/workspace.mjs'

const APART = 'packages/core/src/explain'
const TOOLS = ['cli', 'testkit']
const problems = []

/** Frameworks and clients stay outside: they know nothing of ours. */
const onlyOurs = {
  name: 'only-ours',
  setup({ onResolve }) {
    onResolve({ filter: /^[^.#/]/ }, ({ path, kind }) =>
      kind === 'entry-point' || path.startsWith('@countersign/') ? undefined : { path, external: true },
    )
  },
}

const entries = publishedPackages()
  .filter(({ folder }) => !TOOLS.includes(folder))
  .flatMap(({ path, manifest }) => entriesOf(manifest).map((file) => join(path, file)))
  .filter((file) => file !== join(root, `${APART}.ts`))
const holders = await filesHolding(entries)
for (const file of holders) problems.push(`${file}: holds a part of ${APART}, and verifies`)

// That it would be seen: its own entry holds it.
const [own] = await filesHolding([join(root, `${APART}.ts`)])
if (own === undefined)
  problems.push(`${APART}.ts: holds nothing of ${APART}; does this check still look at the right place?`)
report('explain-apart', problems, `${entries.length} entries that verify hold nothing of ${APART}`)

/** The sources of a package's entries. */
function entriesOf({ exports }) {
  const sources = Object.values(exports).flatMap((target) => sourcesIn(target?.['countersign-source']))
  return sources.filter((file) => file.endsWith('.ts'))
}

/** A target, or one for each condition. */
function sourcesIn(target) {
  if (target === undefined) return []
  return typeof target === 'string' ? [target] : Object.values(target).flatMap(sourcesIn)
}

async function filesHolding(files) {
  const holding = []
  for (const file of files) {
    if (!existsSync(file)) problems.push(`${file}: is missing`)
    const { metafile } = await build({
      entryPoints: [file],
      bundle: true,
      write: false,
      metafile: true,
      // Nothing is shaken out: what is imported at all counts.
      treeShaking: false,
      platform: 'node',
      format: 'esm',
      conditions: ['countersign-source'],
      external: ['node:*'],
      packages: 'bundle',
      outdir: 'dist',
      absWorkingDir: root,
      logLevel: 'silent',
      plugins: [onlyOurs],
    })
    const inputs = Object.keys(metafile.inputs)
    if (inputs.some((input) => input.startsWith(`${APART}/`) || input === `${APART}.ts`)) holding.push(file)
  }
  return holding
}
