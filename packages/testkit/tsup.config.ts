import { defineConfig } from 'tsup'

export default defineConfig({
  entry: ['src/index.ts', 'src/integration.ts'],
  // Node's modules are for the integration suite alone.
  external: [/^node:/],
  format: ['esm', 'cjs'],
  platform: 'neutral',
  removeNodeProtocol: false,
  target: 'es2022',
  dts: true,
  clean: true,
})
