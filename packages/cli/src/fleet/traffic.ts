import { setTimeout as sleep } from 'node:timers/promises'
import { autify } from '@countersign/autify'
import { generateSecret, type Secret, sign } from '@countersign/core'
import { noteEffect } from './effects-log.js'
import type { Instances } from './instances.js'
import { createPoster, type Letter, type Poster } from './post.js'
import type { VendorKeys } from './vendor-keys.js'

/** What was sent, and how it was answered. */
export interface Traffic {
  /** Good events, each until it was answered 200. */
  events: number
  /** Tries of good events beyond the first. */
  retries: number
  /** Events that were sent once more after they were answered, or to two instances at once. */
  duplicates: number
  /** Forged deliveries: unsigned by the vendor, or with a key that was revoked. */
  forged: number
  /** Of those, the ones with a revoked key of the ring. */
  stolen: number
  /** Tries of good events that were answered 401: with a key of which the instance had not heard. */
  refusedAtFirst: number
  /** How often each status was the answer; 0 where there was none. */
  readonly statuses: Map<number, number>
  /** Forged ones that were answered 200. */
  readonly wronglyAccepted: string[]
  /** Good ones that were not answered 200 before patience ended. */
  readonly unanswered: string[]
}

const WORKERS = 12
const LONGEST_PAUSE_MS = 60
const RETRY_MS = 100
const SHARE_FORGED = 0.25
const SHARE_DUPLICATE = 0.15
/** How long a vendor goes on trying after the drill has ended. */
const LAST_RETRIES_MS = 60_000

/** The vendor, and those who pretend to be it, until it is over and every good event has been answered. */
export async function sendTraffic(
  instances: Instances,
  vendor: VendorKeys,
  effects: string,
  isOver: () => boolean,
  onProgress: (traffic: Traffic) => void,
): Promise<Traffic> {
  const poster = createPoster()
  const traffic: Traffic = {
    events: 0,
    retries: 0,
    duplicates: 0,
    forged: 0,
    stolen: 0,
    refusedAtFirst: 0,
    statuses: new Map(),
    wronglyAccepted: [],
    unanswered: [],
  }

  async function worker(): Promise<void> {
    while (!isOver()) {
      if (Math.random() < SHARE_FORGED) await sendForged()
      else await sendGood()
      onProgress(traffic)
      await sleep(Math.random() * LONGEST_PAUSE_MS)
    }
  }

  async function sendGood(): Promise<void> {
    traffic.events += 1
    const event = `event-${traffic.events}`
    const copies = Math.random() < SHARE_DUPLICATE ? 2 : 1
    traffic.duplicates += copies - 1
    await Promise.all(Array.from({ length: copies }, () => untilAnswered(event)))
    if (Math.random() >= SHARE_DUPLICATE) return
    traffic.duplicates += 1
    await untilAnswered(event)
  }

  /** As vendors do: again and again, signed anew each time. */
  async function untilAnswered(event: string): Promise<void> {
    let deadline = Number.POSITIVE_INFINITY
    while (performance.now() < deadline) {
      const status = await send(await letterOf(event, vendor.current()))
      if (status === 200) {
        noteEffect(effects, 'answered', event)
        return
      }
      if (status === 401) traffic.refusedAtFirst += 1
      traffic.retries += 1
      if (isOver()) deadline = Math.min(deadline, performance.now() + LAST_RETRIES_MS)
      await sleep(RETRY_MS * (0.5 + Math.random()))
    }
    traffic.unanswered.push(event)
  }

  async function sendForged(): Promise<void> {
    traffic.forged += 1
    const number = traffic.forged
    const event = `forged-${number}`
    const stolen = vendor.stolen()
    const isStolen = stolen !== undefined && number % 2 === 0
    if (isStolen) traffic.stolen += 1
    const letter = isStolen ? await letterOf(event, stolen) : await forgery(event, number)
    if ((await send(letter)) === 200) traffic.wronglyAccepted.push(event)
  }

  /** By turns: a key of one's own, the vendor's signature of another body, no signature. */
  async function forgery(event: string, number: number): Promise<Letter> {
    const own = await letterOf(event, generateSecret(autify()))
    const { headers } = await letterOf(`event-${traffic.events}`, vendor.current())
    return [own, { ...own, headers }, { ...own, headers: {} }][number % 3] as Letter
  }

  async function send(letter: Letter): Promise<number | undefined> {
    const status = await postToNext(instances, poster, letter)
    traffic.statuses.set(status ?? 0, (traffic.statuses.get(status ?? 0) ?? 0) + 1)
    return status
  }

  await Promise.all(Array.from({ length: WORKERS }, worker)).finally(poster.close)
  return traffic
}

async function postToNext(instances: Instances, poster: Poster, letter: Letter): Promise<number | undefined> {
  const port = instances.next()
  return port === undefined ? undefined : poster.post(port, letter)
}

async function letterOf(event: string, key: Secret): Promise<Letter> {
  const body = JSON.stringify({ id: event })
  return { event, body, headers: await sign(autify(), key, body) }
}
