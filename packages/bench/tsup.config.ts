import { defineConfig } from 'tsup'

export default defineConfig({
  // Those beside the index run in processes of their own.
  entry: ['src/index.ts', 'src/child.ts'],
  format: ['esm'],
  platform: 'node',
  target: 'node20',
  removeNodeProtocol: false,
  clean: true,
})
