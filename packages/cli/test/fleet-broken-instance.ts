import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { memoryStore } from '@countersign/http'
import { noteEffect } from '../src/fleet/effects-log.js'
import { type InstanceSettings, serveInstance } from '../src/fleet/instance.js'
import { EVENT_HEADER } from '../src/fleet/post.js'
import { openStore } from '../src/fleet/shared-store.js'

// Instances with a defect, which a drill has to find. Which one it is stands in the environment.

const settings = JSON.parse(process.argv[2] ?? '') as InstanceSettings
const { keyrings, idempotency } = openStore(settings.store, settings.storePort)
const close = async () => undefined

switch (process.env.FLEET_DEFECT) {
  case 'forgetful':
    // Each remembers for itself what was handled.
    serveInstance(settings, { keyrings, idempotency: memoryStore(), close })
    break
  case 'idle': {
    // Takes every second event for done.
    let turn = 0
    const claim: typeof idempotency.claim = async (key, leaseMs) => {
      turn += 1
      return turn % 2 === 0 ? { state: 'done' } : idempotency.claim(key, leaseMs)
    }
    serveInstance(settings, { keyrings, idempotency: { ...idempotency, claim }, close })
    break
  }
  case 'gullible': {
    // Takes whatever comes for the vendor's.
    const server = createServer((request, response) => {
      for (const effect of ['begin', 'end', 'done'] as const) {
        noteEffect(settings.effects, effect, String(request.headers[EVENT_HEADER]))
      }
      request.resume().on('end', () => response.end())
    })
    server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }))
    process.once('disconnect', () => process.exit())
    break
  }
}
