import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { Machine, WebRuntime } from '../machine.js'
import { type Contestant, type Samples, takeRounds } from '../rounds.js'
import { type Wanted, WEB_CONTENDERS, WEB_REFERENCES } from '../web-suite.js'

const WEB_SIZES = [200, 1024, 16 * 1024, 256 * 1024] as const
const ROUNDS = { rounds: 21, turnMs: 40, warmUpRounds: 2 }

export interface WebResult {
  readonly runtime: WebRuntime
  readonly version: string
  readonly sizes: readonly { readonly bytes: number; readonly samples: Samples }[]
  readonly left: Readonly<Record<string, string>>
}

/** What the suite loads, by the name that it is loaded by. */
const MODULES = [
  '@countersign/agilepoint',
  '@countersign/autify',
  '@countersign/global-commerce',
  '@countersign/orange-logic',
  '@octokit/webhooks-methods',
  '@shopify/shopify-api',
  '@shopify/shopify-api/adapters/web-api',
  'standardwebhooks',
  'stripe',
  'svix',
]

const BUNDLES = [
  {
    outfile: 'worker.bundle.mjs',
    format: 'esm',
    conditions: ['workerd', 'worker', 'browser'],
    end: 'export default { fetch: async (request) => Response.json(await suite(await request.json())) }',
  },
  {
    outfile: 'page.bundle.js',
    format: 'iife',
    conditions: ['browser'],
    end: 'globalThis.runSuite = async (wanted) => JSON.stringify(await suite(wanted))',
  },
] as const

/** Web Crypto, and those that do without: in workerd and in Chromium. */
export async function measureWeb(machine: Machine, peers: string): Promise<WebResult[]> {
  const folder = join(peers, '..', 'web')
  await bundleSuites(machine.root, peers, folder)
  const results: WebResult[] = []
  for (const runtime of ['workerd', 'chromium'] as const) {
    console.error(`${runtime}: web`)
    const { version, result } = await machine.web(runtime, folder, (ask) => measure(runtime, ask))
    results.push({ runtime, version, ...result })
  }
  return results
}

async function bundleSuites(root: string, peers: string, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const suite = fileURLToPath(new URL('./web-suite.js', import.meta.url))
  const imports = MODULES.map((name, index) => `import * as module${index} from ${JSON.stringify(name)}`)
  const modules = MODULES.map((name, index) => `${JSON.stringify(name)}: module${index}`)
  const start = [
    ...imports,
    `import { createSuite } from ${JSON.stringify(suite)}`,
    `const suite = createSuite({ ${modules} })`,
  ]
  const ours = join(root, 'packages', 'bench', 'node_modules')
  for (const { outfile, format, conditions, end } of BUNDLES) {
    await build({
      stdin: { contents: [...start, end].join('\n'), resolveDir: folder, sourcefile: 'entry.js' },
      // Neither ours nor the peers are installed where the entry stands.
      nodePaths: [ours, join(peers, 'node_modules')],
      ...{ outfile: join(folder, outfile), format, conditions: [...conditions] },
      ...{ bundle: true, platform: 'browser', target: 'es2022', logLevel: 'silent' },
    })
  }
}

async function measure(runtime: WebRuntime, ask: (wanted: unknown) => Promise<unknown>) {
  const left: Record<string, string> = {}
  const sizes: { bytes: number; samples: Samples }[] = []
  const turn = (wanted: Wanted) =>
    runtime === 'workerd' ? timedOutside(ask, wanted) : (ask(wanted) as Promise<number>)
  for (const bytes of WEB_SIZES) {
    const contestants: Contestant[] = []
    for (const id of [...Object.keys(WEB_REFERENCES), ...WEB_CONTENDERS.map((one) => one.id)]) {
      if (id in left) continue
      const one = { id, turn: (calls: number) => turn({ bytes, id, calls }) }
      // It tries both signatures first.
      try {
        await one.turn(1)
        contestants.push(one)
      } catch (error) {
        left[id] = (error as Error).message.split('\n')[0] as string
      }
    }
    sizes.push({ bytes, samples: await takeRounds(contestants, ROUNDS) })
  }
  return { sizes, left }
}

/** A Worker's clock stands still while it computes. The request itself takes about a millisecond of forty, for each alike. */
async function timedOutside(ask: (wanted: unknown) => Promise<unknown>, wanted: Wanted): Promise<number> {
  const began = performance.now()
  await ask(wanted)
  return performance.now() - began
}
