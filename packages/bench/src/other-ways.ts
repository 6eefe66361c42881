import type { Contender } from './contender.js'
import { OTHER_SECRET, SECRET } from './mac.js'
import { AGILEPOINT, accepts, GLOBAL_COMMERCE, plain } from './ours.js'
import { SCHEMES, signed, type Verdict, verifierOf } from './schemes.js'

/** What those do that parse the JSON in the same call. */
const withEvent: Contender = {
  ...GLOBAL_COMMERCE,
  id: 'global-commerce-event',
  title: 'Global Commerce, `verdict.event` read',
  note: 'parses the JSON, too',
  async prepare(setting) {
    const prepared = await GLOBAL_COMMERCE.prepare(setting)
    const attempt = (mac: string) => {
      const verify = prepared.attempt(mac)
      return async () => {
        const verdict = (await verify()) as Verdict
        return { ok: verdict.ok && verdict.event !== undefined }
      }
    }
    return { ...prepared, attempt }
  },
}

/** As the web's own frameworks call it. To make the Request is part of it, as it is for the peer that takes one. */
const fromRequest: Contender = {
  ...GLOBAL_COMMERCE,
  id: 'global-commerce-request',
  title: 'Global Commerce, from a `Request`',
  takes: 'Request',
  async prepare({ load, body }) {
    const scheme = SCHEMES['global-commerce']
    const verifier = await verifierOf(scheme, load, SECRET)
    const { mac, headersWith } = await signed(scheme, body)
    const attempt = (given: string) => {
      const delivery = { method: 'POST', headers: headersWith(given), body: body as Uint8Array<ArrayBuffer> }
      return () => verifier.verify(new Request('https://hooks.example.com/', delivery))
    }
    return { mac, attempt, accepts }
  },
}

/** The first slot's key is stale: each of the two makes a MAC. */
const secondSlot = plain('agilepoint-secondary', 'AgilePoint, second slot', {
  primary: OTHER_SECRET,
  secondary: SECRET,
})

/**
 * Other ways to call ours. They have a process of their own: V8 compiles the pipeline for all that passes through it, so one
 * that is handed Requests, too, takes a twentieth longer for everything.
 */
export const OTHER_WAYS: readonly Contender[] = [secondSlot, withEvent, fromRequest]

/** Those, and the plain ones of the same vendors. */
export const WAYS: readonly Contender[] = [AGILEPOINT, GLOBAL_COMMERCE, ...OTHER_WAYS]
