import { defineConfig } from 'tsup'

export default defineConfig({
  // The instances of the fleet drill are processes of their own.
  entry: { bin: 'src/bin.ts', 'fleet-instance': 'src/fleet/instance-process.ts' },
  format: ['esm'],
  platform: 'node',
  target: 'node20',
  // Private: it is not published, so it travels inside.
  noExternal: ['@countersign/servers'],
  clean: true,
})
