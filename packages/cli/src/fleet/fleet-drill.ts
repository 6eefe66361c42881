import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { autify } from '@countersign/autify'
import { generateSecret, keyring, sealed } from '@countersign/core'
import { type EffectsSeen, readEffects } from './effects-log.js'
import { causeFaults, type Faults } from './faults.js'
import { startInstances } from './instances.js'
import { type FleetRotation, type Operator, operate } from './operator.js'
import { type Propagation, propagationOf } from './propagation.js'
import { openStore, startStore } from './shared-store.js'
import { createSlowLine } from './slow-line.js'
import type { StoreKind } from './store-kinds.js'
import { sendTraffic, type Traffic } from './traffic.js'
import { createVendorKeys } from './vendor-keys.js'

export interface FleetOptions {
  readonly store: StoreKind
  readonly instances: number
  readonly seconds: number
  readonly onProgress?: ((progress: { readonly elapsedMs: number; readonly events: number }) => void) | undefined
  /** The built `instance-process.ts`; the one beside this program unless said. */
  readonly script?: string | undefined
}

export interface FleetResult {
  readonly store: StoreKind
  readonly instances: number
  readonly durationMs: number
  readonly traffic: Traffic
  readonly faults: Faults
  readonly operator: Operator
  readonly propagation: Propagation
  readonly effects: Pick<EffectsSeen, 'again' | 'afterCompletion'>
  /** Events that were never answered, or answered 200 without a handler that ended. */
  readonly lost: readonly string[]
  /** Forged deliveries that were answered 200, or begun to be handled. */
  readonly wronglyAccepted: readonly string[]
  readonly ok: boolean
}

const KEYRING = 'autify'
/** After the last fault: each instance has had deliveries by then, and has asked the store again. */
const CALM_MS = 2500

/** The drill of a fleet: real processes and a real store, which both fail again and again, in real time. */
export async function runFleetDrill(options: FleetOptions): Promise<FleetResult> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-fleet-'))
  const endings: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })]
  try {
    return await drill(options, join(folder, 'effects'), (end) => endings.unshift(end))
  } finally {
    for (const end of endings) await end()
  }
}

async function drill(
  { store, instances: count, seconds, onProgress, script = builtInstance() }: FleetOptions,
  effects: string,
  atEnd: (end: () => unknown) => void,
): Promise<FleetResult> {
  const started = performance.now()
  const masterKey = randomBytes(32).toString('base64')
  writeFileSync(effects, '')
  const server = await startStore(store)
  atEnd(() => server.stop())
  const line = await createSlowLine(server.port)
  atEnd(() => line.close())
  const shared = openStore(store, line.port)
  atEnd(() => shared.close())
  const keyrings = sealed(shared.keyrings, masterKey)
  const first = generateSecret(autify())
  await keyrings.save(KEYRING, keyring([{ id: 'key-1', secret: first }]), undefined)
  const instances = await startInstances(count, script, {
    store,
    storePort: line.port,
    keyring: KEYRING,
    masterKey,
    effects,
  })
  atEnd(() => instances.stop())

  const begun = performance.now()
  let isCalm = false
  let hasFailed = false
  const isOver = () => hasFailed || performance.now() - begun > seconds * 1000
  const vendor = createVendorKeys(first)
  const operator = { rotations: [] as FleetRotation[], uncertain: 0 }

  async function trouble(): Promise<Faults> {
    const [faults] = await Promise.all([
      causeFaults(server, line, instances, isOver),
      operate(keyrings, KEYRING, vendor, operator, isOver),
    ])
    await sleep(CALM_MS)
    isCalm = true
    return faults
  }

  // What fails ends the others, too: each of them would go on for the whole time.
  const together = async <Result>(work: Promise<Result>) => {
    return work.catch((error) => {
      hasFailed = isCalm = true
      throw error
    })
  }
  const tellProgress = ({ events }: Traffic) => onProgress?.({ elapsedMs: performance.now() - begun, events })
  const [traffic, faults] = await Promise.all([
    together(sendTraffic(instances, vendor, effects, () => isCalm, tellProgress)),
    together(trouble()),
  ])
  const durationMs = performance.now() - started
  const propagation = propagationOf(operator.rotations, instances.lives)
  return judged({ store, instances: count, durationMs, traffic, faults, operator, propagation }, readEffects(effects))
}

/** What was found wrong in what happened. */
function judged(
  played: Omit<FleetResult, 'effects' | 'lost' | 'wronglyAccepted' | 'ok'>,
  { answered, handled, begun, again, afterCompletion }: EffectsSeen,
): FleetResult {
  const { traffic, operator, propagation } = played
  const lost = [...traffic.unanswered, ...[...answered].filter((event) => !handled.has(event))]
  const wronglyAccepted = [...traffic.wronglyAccepted, ...[...begun].filter((event) => event.startsWith('forged'))]
  const wrong = lost.length + wronglyAccepted.length + afterCompletion.length + propagation.missed
  return {
    ...played,
    lost,
    wronglyAccepted,
    effects: { again, afterCompletion },
    // A drill in which nothing happened has shown nothing.
    ok: wrong === 0 && traffic.events > 0 && operator.rotations.length > 0,
  }
}

function builtInstance(): string {
  return fileURLToPath(new URL('fleet-instance.js', import.meta.url))
}
