import { defineConfig } from 'tsup'

const subpaths = ['node', 'express', 'fastify', 'hono', 'koa', 'lambda', 'nest'].map((name) => `src/${name}.ts`)
const platforms = ['diagnostics', 'sha256'].flatMap((name) => [`src/${name}.node.ts`, `src/${name}.web.ts`])

export default defineConfig({
  // What differs by runtime stays external to index, as the core's engines do: package.json's `imports` chooses where the
  // code runs.
  entry: ['src/index.ts', ...subpaths, ...platforms],
  external: ['#diagnostics', '#sha256', /^node:/],
  format: ['esm', 'cjs'],
  platform: 'neutral',
  removeNodeProtocol: false,
  splitting: true,
  target: 'es2022',
  dts: { entry: ['src/index.ts', ...subpaths] },
  clean: true,
})
