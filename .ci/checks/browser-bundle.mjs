// What a browser or a Worker gets: each adapter with a verifier, and a receiver, bundled from dist. It has to be small, to
// hold the web engine, and to hold nothing of Node's or of zod's. The core's default build is held to the same, file by file.
import { isBuiltin } from 'node:module'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import ts from 'typescript'
import { report } from './lib/report.mjs'
import { factoryName, root, workspacePackages } from './lib/workspace.mjs'

const LIMIT_BYTES = 5000
/** With the memory store and a verifier, which whatever it is given brings anyway. */
const RECEIVER_LIMIT_BYTES = 8500
const NODE_GLOBALS = ['process', 'Buffer']
const coreDist = join(root, 'packages', 'core', 'dist')
const problems = []

const core = await import(pathToFileURL(join(coreDist, 'index.js')))
for (const file of ['index.js', 'index.cjs', 'mac.web.js', 'mac.web.cjs']) {
  await attempt(`core/dist/${file}`, async (where) =>
    judge(where, await bundle({ entryPoints: [join(coreDist, file)] })),
  )
}

const sizes = []
for (const { folder, name, path, isAdapter } of workspacePackages()) {
  if (!isAdapter) continue
  await attempt(folder, async (where) => {
    const factory = factoryName(await import(pathToFileURL(join(path, 'dist', 'index.js'))), core)
    // What is exported again is used: a user's own code around it would only add to the count.
    const contents = `export { ${factory}, createVerifier, statusOf } from '${name}'`
    const stdin = { contents, resolveDir: path, sourcefile: 'user.js' }
    judge(where, await bundle({ stdin }))
    measure(folder, (await bundle({ stdin, minify: true })).code, LIMIT_BYTES)
  })
}
await attempt('http', async (where) => {
  const contents = "export { createReceiver, memoryStore } from '@countersign/http'"
  const stdin = { contents, resolveDir: join(root, 'packages', 'http'), sourcefile: 'user.js' }
  judge(where, await bundle({ stdin }))
  measure(where, (await bundle({ stdin, minify: true })).code, RECEIVER_LIMIT_BYTES)
})
report(
  'browser-bundle',
  problems,
  `bytes minified/gzipped: ${sizes.join(', ')} (limits ${LIMIT_BYTES}, ${RECEIVER_LIMIT_BYTES})`,
)

async function attempt(where, work) {
  try {
    await work(where)
  } catch (error) {
    problems.push(`${where}: ${error.message}`)
  }
}

async function bundle(options) {
  const { outputFiles, metafile } = await build({
    bundle: true,
    platform: 'browser',
    format: 'esm',
    // Left out, so that they are found in the metafile: an unresolved import would only end the build.
    external: ['node:*'],
    legalComments: 'none',
    absWorkingDir: root,
    outdir: 'dist',
    write: false,
    metafile: true,
    logLevel: 'silent',
    ...options,
  })
  const [{ imports, inputs }] = Object.values(metafile.outputs)
  const held = Object.keys(inputs).filter((input) => inputs[input].bytesInOutput > 0)
  return { code: outputFiles[0].text, imports: imports.map(({ path }) => path), inputs: held }
}

function judge(where, { code, imports, inputs }) {
  for (const path of imports.filter(isBuiltin)) problems.push(`${where}: imports ${path}`)
  for (const name of nodeGlobalsIn(code)) problems.push(`${where}: names ${name}`)
  const [foreign] = inputs.filter((input) => input.includes('node_modules'))
  if (foreign !== undefined) problems.push(`${where}: holds what is not ours, such as ${foreign}`)
  const engines = inputs
    .filter((input) => /mac\.(node|web)\.c?js$/.test(input))
    .map((input) => relative(coreDist, join(root, input)))
  if (engines.length !== 1 || !engines[0].startsWith('mac.web.')) {
    problems.push(`${where}: has to hold the web engine alone, and holds: ${engines.join(', ') || 'no engine'}`)
  }
}

/** By the parser, so that the word may stand in a comment or a message, and not as a name or a key. */
function nodeGlobalsIn(code) {
  const found = new Set()
  const visit = (node) => {
    const isName = ts.isIdentifier(node) || (ts.isStringLiteral(node) && ts.isElementAccessExpression(node.parent))
    if (isName && NODE_GLOBALS.includes(node.text)) found.add(node.text)
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('bundle.js', code, ts.ScriptTarget.Latest, true))
  return found
}

function measure(folder, code, limit) {
  const bytes = Buffer.byteLength(code)
  const gzipped = gzipSync(code, { level: 9 }).length
  sizes.push(`${folder} ${bytes}/${gzipped}`)
  if (gzipped > limit) {
    problems.push(`${folder}: ${bytes} bytes minified, ${gzipped} gzipped, and the limit is ${limit}`)
  }
}
