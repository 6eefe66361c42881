import { defineConfig, type Options } from 'tsup'

const common: Options = {
  external: [/^node:/],
  format: ['esm', 'cjs'],
  platform: 'neutral',
  removeNodeProtocol: false,
  target: 'es2022',
}

export default defineConfig([
  {
    ...common,
    // The engines and the tables of advice are entries of their own and stay external to index: package.json's `imports` chooses between
    // them where the code runs. Bundled in, WebCrypto would silently serve everywhere.
    entry: [
      'src/index.ts',
      'src/node.ts',
      'src/sources.ts',
      'src/mac.node.ts',
      'src/mac.web.ts',
      'src/advice.node.ts',
      'src/advice.web.ts',
      'src/explain.ts',
    ],
    external: [...(common.external ?? []), '#mac', '#advice'],
    splitting: true,
    dts: { entry: ['src/index.ts', 'src/explain.ts', 'src/node.ts', 'src/sources.ts'] },
    // Chunks of an earlier build would be published. What is built below, at the same time, is left alone.
    clean: ['!index.node.*'],
  },
  {
    ...common,
    // What Node takes for index (package.json's `exports`): one file, with its engine and advice. To read it as ten takes twice
    // as long. Beside the other entries it is another copy, and copies mix (law 11).
    entry: { 'index.node': 'src/index.ts' },
    noExternal: ['#mac', '#advice'],
    splitting: false,
    esbuildOptions(options) {
      options.conditions = ['countersign-source', 'node']
    },
  },
])
