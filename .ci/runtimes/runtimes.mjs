import { chromium } from './runners/chromium.mjs'
import { bun, deno, edgeVm, node } from './runners/process.mjs'
import { workerd } from './runners/workerd.mjs'

/**
 * Every runtime, with the engine that it has to pick. The others are compared with the first.
 *
 * `install(name)` gives what `run(installed, project, wanted)` needs, which gives `{ version, result }`.
 */
export const RUNTIMES = [
  { name: 'node-20', title: 'node', engine: 'node', ...node },
  // What takes longest begins early.
  { name: 'edge-vm', title: 'edge-runtime vm', engine: 'web', ...edgeVm },
  { name: 'chromium', title: 'chromium', engine: 'web', ...chromium },
  { name: 'node-20.12', title: 'node', engine: 'node', ...node },
  { name: 'node-22', title: 'node', engine: 'node', ...node },
  { name: 'node-24', title: 'node', engine: 'node', ...node },
  { name: 'node-26', title: 'node', engine: 'node', ...node },
  { name: 'bun', title: 'bun', engine: 'node', ...bun },
  { name: 'deno', title: 'deno', engine: 'node', ...deno },
  { name: 'workerd', title: 'workerd', engine: 'web', ...workerd },
]
