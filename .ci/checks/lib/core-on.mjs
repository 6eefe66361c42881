import { join } from 'node:path'
import { build } from 'esbuild'
import { root } from './workspace.mjs'

const dist = join(root, 'packages', 'core', 'dist')

/**
 * The core as it is built, on an engine of choice, and that engine beside what it exports. Node itself always takes its own.
 *
 * @param {'node' | 'web'} name
 * @param {string} changes members that the engine gets instead of its own, as the code of an object: for a script that has
 * to show that it would find them.
 */
export async function coreOn(name, changes = '{}') {
  const engine = `import { engine as own } from './mac.${name}.js'\nexport const engine = { ...own, ...(${changes}) }`
  const { outputFiles } = await build({
    stdin: { contents: "export * from './index.js'\nexport { engine } from '#mac'", resolveDir: dist },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
    plugins: [
      {
        name: 'engine',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^#mac$/ }, () => ({ path: 'engine', namespace: 'engine' }))
          onLoad({ filter: /./, namespace: 'engine' }, () => ({ contents: engine, resolveDir: dist }))
        },
      },
    ],
  })
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`)
}
