import { defineConfig } from 'tsup'

export default defineConfig({
  // Those beside the index run in processes of their own.
  entry: ['src/index.ts', 'src/child.ts', 'src/http-server.ts', 'src/http-load.ts', 'src/web-suite.ts'],
  format: ['esm'],
  platform: 'node',
  target: 'node20',
  removeNodeProtocol: false,
  clean: true,
})
