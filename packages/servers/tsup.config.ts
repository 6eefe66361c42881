import { defineConfig } from 'tsup'

export default defineConfig({
  entry: ['src/index.ts'],
  format: ['esm', 'cjs'],
  platform: 'neutral',
  external: [/^node:/],
  removeNodeProtocol: false,
  target: 'es2022',
  dts: true,
  clean: true,
})
