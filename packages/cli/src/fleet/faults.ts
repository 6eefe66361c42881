import { setTimeout as sleep } from 'node:timers/promises'
import type { Server } from '@countersign/servers'
import type { Instances } from './instances.js'
import type { SlowLine } from './slow-line.js'

/** What was done to the fleet, and how often. */
export interface Faults {
  storeKilled: number
  storeFrozen: number
  storeSlowed: number
  instancesKilled: number
}

const PAUSE_MS = 700
const STORE_DOWN_MS = 1200
const FROZEN_MS = 2500
const SLOW_MS = 1500
/** In each direction. */
const SLOWED_BY_MS = 120
const BETWEEN_KILLS_MS = 900

/** One thing after another goes wrong with the store, and instances are killed all the while, until it is over. */
export async function causeFaults(
  server: Server,
  line: SlowLine,
  instances: Instances,
  isOver: () => boolean,
): Promise<Faults> {
  const faults: Faults = { storeKilled: 0, storeFrozen: 0, storeSlowed: 0, instancesKilled: 0 }
  await Promise.all([troubleStore(), killInstances()])
  return faults

  async function troubleStore(): Promise<void> {
    const troubles = [slow, freeze, kill]
    for (let turn = 0; !isOver(); turn += 1) {
      await sleep(PAUSE_MS)
      if (!isOver()) await troubles[turn % troubles.length]?.()
    }
  }

  async function slow(): Promise<void> {
    faults.storeSlowed += 1
    line.delay(SLOWED_BY_MS)
    await sleep(SLOW_MS)
    line.delay(0)
  }

  async function freeze(): Promise<void> {
    faults.storeFrozen += 1
    server.freeze()
    await sleep(FROZEN_MS)
    server.thaw()
  }

  async function kill(): Promise<void> {
    faults.storeKilled += 1
    await server.kill()
    await sleep(STORE_DOWN_MS)
    await server.restart()
  }

  async function killInstances(): Promise<void> {
    for (;;) {
      await sleep(BETWEEN_KILLS_MS * (0.5 + Math.random()))
      if (isOver()) return
      faults.instancesKilled += 1
      await instances.killNext()
    }
  }
}
