import { isBuiltin } from 'node:module'
import { pathToFileURL } from 'node:url'
import { Script } from 'node:vm'
import { build, stop } from 'esbuild'

// Tests of interleavings have Vitest mock the file system: it would rewrite them, and here that is done for them.
const MOCKED = 'node:fs/promises'
const STEPS = 'packages/core/test/interleaving.ts'
globalThis.__vitest_mocker__ = { queueMock: () => undefined }

/**
 * All test files and what they test, as one script that is compiled once. What others wrote is not in it, and is loaded once.
 *
 * @returns {Promise<(file: string) => Promise<unknown>>} evaluates a test file, and anew all that it imports
 */
export async function bundled(root, files) {
  const externals = new Map()
  const entry = [...files, STEPS].map(
    (file) => `${JSON.stringify(file)}: () => import(${JSON.stringify(`./${file}`)}),`,
  )
  const { outputFiles } = await build({
    stdin: { contents: `__files({\n${entry.join('\n')}\n})`, resolveDir: root },
    bundle: true,
    write: false,
    platform: 'node',
    // No exports, and imports of nothing: the body of a function, which may wait as a module may.
    format: 'esm',
    conditions: ['countersign-source', 'node'],
    banner: { js: '(async (__external, __files) => {' },
    footer: { js: '})' },
    plugins: [othersCode(externals)],
    logLevel: 'error',
  })
  await stop()
  const start = new Script(outputFiles[0].text, { filename: `${root}/tests.mjs` }).runInThisContext()
  return async (file) => {
    const stepped = new Map()
    let loaders
    await start(
      (name) => stepped.get(name) ?? externals.get(name),
      (all) => {
        loaders = all
      },
    )
    if (file.endsWith('-interleaving.test.ts')) {
      const { steppedModule } = await loaders[STEPS]()
      stepped.set(MOCKED, steppedModule(externals.get(MOCKED)))
    }
    return loaders[file]()
  }
}

/** Node's own modules and packages: modules that hand on what was imported, whoever asks. */
function othersCode(externals) {
  return {
    name: 'others-code',
    setup(builder) {
      builder.onResolve({ filter: /^[^./]/ }, async ({ path, pluginData, resolveDir }) => {
        if (pluginData?.isOurs) return undefined
        if (isBuiltin(path)) return { path, namespace: 'external' }
        const found = await builder.resolve(path, {
          kind: 'import-statement',
          resolveDir,
          pluginData: { isOurs: true },
        })
        return found.path.includes('/node_modules/') ? { path: found.path, namespace: 'external' } : found
      })
      builder.onLoad({ filter: /.*/, namespace: 'external' }, async ({ path }) => {
        const module = await import(isBuiltin(path) ? path : pathToFileURL(path))
        externals.set(path, module)
        return { contents: handedOn(path, Object.keys(module)), loader: 'js' }
      })
    },
  }
}

function handedOn(path, names) {
  const lines = names.map((name, index) => {
    const quoted = JSON.stringify(name)
    return `const _${index} = _module[${quoted}]\nexport { _${index} as ${quoted} }`
  })
  return `const _module = __external(${JSON.stringify(path)})\n${lines.join('\n')}`
}
