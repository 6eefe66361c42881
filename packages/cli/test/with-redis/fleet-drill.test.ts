import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runFleetDrill } from '../../src/fleet/fleet-drill.js'
import { fleetReport } from '../../src/fleet/report.js'
import { fleetReportJson } from '../../src/fleet/report-json.js'
import { colorsFor } from '../../src/terminal.js'
import { fakeTerminal } from '../streams.js'

const TIMEOUT_MS = 120_000

/** Within the package, so that the bundles find the clients of the stores. */
let bundles: string

beforeAll(async () => {
  bundles = await mkdtemp(join(tmpdir(), 'countersign-fleet-bundles-'))
  const source = (path: string) => fileURLToPath(new URL(path, import.meta.url))
  await build({
    entryPoints: {
      sound: source('../../src/fleet/instance-process.ts'),
      broken: source('../fleet-broken-instance.ts'),
    },
    outdir: bundles,
    bundle: true,
    platform: 'node',
    // The clients are CommonJS, which asks for Node's modules by require.
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    conditions: ['countersign-source'],
    external: ['pg-native'],
    logLevel: 'silent',
  })
})

afterAll(() => rm(bundles, { recursive: true, force: true }))

describe('a fleet that is sound', () => {
  it(
    'passes, and the report says so',
    async () => {
      const script = join(bundles, 'sound.cjs')
      const result = await runFleetDrill({ store: 'redis', instances: 2, seconds: 4, script })
      const { stdout, env } = fakeTerminal()
      const text = fleetReport(result, colorsFor(stdout, env))
      expect({ ...result, text }).toMatchObject({ ok: true, lost: [], wronglyAccepted: [] })
      expect(text).toMatch(/✔ [\d,]+ events, \d+ rotations: nothing lost, wrongly accepted or handled again/)
      expect(text).toContain('appendfsync always')
      expect(JSON.parse(fleetReportJson(result))).toMatchObject({
        ok: true,
        store: 'redis',
        instances: 2,
        traffic: { events: expect.any(Number), statuses: { 200: expect.any(Number), 401: expect.any(Number) } },
        faults: { storeKilled: 0, storeFrozen: 1, storeSlowed: 1 },
        rotations: { medianMs: expect.any(Number), worstMs: expect.any(Number), missed: 0 },
        wronglyAccepted: [],
        lost: [],
        handledAfterCompletion: [],
      })
    },
    TIMEOUT_MS,
  )
})

describe('a drill finds instances', () => {
  const drill = async (defect: string, seconds: number) => {
    process.env.FLEET_DEFECT = defect
    return runFleetDrill({ store: 'redis', instances: 2, seconds, script: join(bundles, 'broken.cjs') })
  }

  it(
    'that each remember for themselves what was handled',
    async () => {
      const { ok, effects } = await drill('forgetful', 3)
      expect(effects.afterCompletion.length).toBeGreaterThan(0)
      expect(ok).toBe(false)
    },
    TIMEOUT_MS,
  )

  it(
    'that answer 200 for what was never handled',
    async () => {
      const { ok, lost } = await drill('idle', 2)
      expect(lost.length).toBeGreaterThan(0)
      expect(ok).toBe(false)
    },
    TIMEOUT_MS,
  )

  it(
    'that accept what nobody signed',
    async () => {
      const { ok, wronglyAccepted } = await drill('gullible', 2)
      expect(wronglyAccepted.length).toBeGreaterThan(0)
      expect(ok).toBe(false)
    },
    TIMEOUT_MS,
  )
})
