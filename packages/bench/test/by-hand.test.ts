import { createHmac } from 'node:crypto'
import { expect, it } from 'vitest'
import { agilePointByHand } from '../src/by-hand/agilepoint.js'
import { globalCommerceByHand } from '../src/by-hand/global-commerce.js'
import { BY_HAND } from '../src/by-hand/index.js'
import { proven, type Setting } from '../src/contender.js'
import { SECRET } from '../src/mac.js'
import { SCHEMES, signed } from '../src/schemes.js'

const body = Buffer.from('{"id":"evt_1"}')
const setting = (bytes: Uint8Array): Setting => ({
  body: bytes,
  text: String,
  load: () => Promise.reject(new Error('loads nothing')),
})

it.each(BY_HAND.map((one) => [one.id, one] as const))(
  '%s judges bodies of all sizes as its vendor signs them',
  async (_, one) => {
    for (const length of [0, 1, 200, 32_000, 32_768, 100_000]) {
      await proven(one, await one.prepare(setting(new Uint8Array(length).fill(97))))
    }
  },
)

it('takes no other delivery for a good one: AgilePoint', async () => {
  const { mac, headersWith } = await signed(SCHEMES.agilepoint, body)
  const notes: string[] = []
  const { verify } = agilePointByHand(SECRET, `${SECRET}-other`, (note) => notes.push(note))
  const outcome = async (headers: Record<string, unknown>, bytes: Uint8Array = body) => {
    const verdict = await verify({ headers, body: bytes })
    return verdict.ok ? verdict.keyId : verdict.reason
  }
  const good = headersWith(mac)
  expect(await outcome(good)).toBe('primary')
  expect(notes).toEqual(['slot-mismatch'])
  expect(await outcome({ ...good, 'X-AgilePoint-Primary': mac })).toBe('no-matching-key')
  expect(await outcome(Object.create(good))).toBe('malformed-signature')
  expect(await outcome({ ...good, 'x-agilepoint-primary': [mac] })).toBe('no-matching-key')
  expect(await outcome({ ...good, 'x-agilepoint-primary': `${mac} ` })).toBe('no-matching-key')
  expect(await outcome({ ...good, 'x-agilepoint-primary': `\u0163${mac.slice(1)}` })).toBe('no-matching-key')
  expect(await outcome(good, Buffer.from('{"id":"evt_2"}'))).toBe('no-matching-key')
  expect(await outcome(good, new Uint8Array(new SharedArrayBuffer(8)))).toBe('body')
  expect(await outcome(good, 'a text' as never)).toBe('body')
})

it('takes no other delivery for a good one: Global Commerce', async () => {
  const { mac, headersWith } = await signed(SCHEMES['global-commerce'], body)
  const { verify } = globalCommerceByHand(SECRET)
  const outcome = async (text: string) => {
    const verdict = await verify({ headers: { 'DigitalRiver-Signature': text }, body })
    return verdict.ok ? verdict.keyId : verdict.reason
  }
  const [good = ''] = Object.values(headersWith(mac)).slice(-1)
  const stamp = good.slice(0, 10)
  expect(await outcome(good)).toBe('key-1')
  expect(await outcome(`${stamp},${mac}`)).toBe('key-1')
  expect(await outcome(`${stamp} ${mac}`)).toBe('malformed-signature')
  expect(await outcome(`${stamp}, ${mac}, ${mac}`)).toBe('malformed-signature')
  expect(await outcome(`${Number(stamp) - 1}, ${mac}`)).toBe('no-matching-key')
  expect(await outcome(`0${stamp.slice(1)}, ${mac}`)).toBe('timestamp-malformed')
  expect(await outcome(`${stamp}0, ${mac}`)).toBe('timestamp-malformed')
})

it('refuses what is older than five minutes', async () => {
  const stamp = String(Math.floor(Date.now() / 1000) - 301)
  const mac = createHmac('sha256', SECRET).update(`${stamp}.`).update(body).digest('base64')
  const verdict = await globalCommerceByHand(SECRET).verify({
    headers: { 'digitalriver-signature': `${stamp}, ${mac}` },
    body,
  })
  expect(verdict).toEqual({ ok: false, reason: 'too-old' })
})
