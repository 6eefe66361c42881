import { defineConfig } from 'tsup'

export default defineConfig({
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
  external: ['#mac', '#advice', /^node:/],
  format: ['esm', 'cjs'],
  platform: 'neutral',
  removeNodeProtocol: false,
  splitting: true,
  target: 'es2022',
  dts: { entry: ['src/index.ts', 'src/explain.ts', 'src/node.ts', 'src/sources.ts'] },
  clean: true,
})
