import { type KeyInput, keyring, sign } from '@countersign/core'
import type { DrillCase } from './cases.js'
import type { Delivery } from './delivery.js'
import type { Letter } from './sender.js'
import { newSecret, type Vendor } from './vendor.js'

/** Makes of each planned delivery what goes over the wire, hostile ones included. */
export interface LetterWriter {
  write(delivery: Delivery): Promise<Letter>
}

export function createLetterWriter(
  { provider }: DrillCase,
  vendor: Vendor,
  replayed: ReadonlySet<number>,
): LetterWriter {
  /** Those that will be sent once more. */
  const kept = new Map<number, Letter>()
  const genuine = async (delivery: Delivery): Promise<Letter> => {
    const body = bodyOf(delivery)
    return { headers: await vendor.sign(body, delivery.signedAt), body }
  }
  const signedWith = async (keys: readonly KeyInput[], delivery: Delivery): Promise<Letter> => {
    const body = bodyOf(delivery)
    return { headers: await sign(provider, keyring(keys), body, { now: delivery.signedAt }), body }
  }

  async function write(delivery: Delivery): Promise<Letter> {
    switch (delivery.kind) {
      case 'good': {
        const letter = await genuine(delivery)
        if (replayed.has(delivery.number)) kept.set(delivery.number, letter)
        return letter
      }
      case 'forged':
        return signedWith(inventedKeys(provider), delivery)
      case 'tampered':
        return tampered(await genuine(delivery))
      case 'replayed':
        return kept.get(delivery.original ?? -1) as Letter
      case 'expired-key': {
        const id = delivery.key as string
        return signedWith([{ id, secret: vendor.secretOf(id), slot: slotOf(provider, id) }], delivery)
      }
      case 'other-slot':
        return withSlotsExchanged(await genuine(delivery))
    }
  }
  return { write }
}

/** Of many lengths, and not all of it ASCII. */
function bodyOf({ number, signedAt }: Delivery): Uint8Array {
  const text = 'Schlüssel 🔑 '.repeat(1 + ((number * 7) % 60))
  return Buffer.from(JSON.stringify({ delivery: number, at: new Date(signedAt).toISOString(), text }))
}

function inventedKeys(provider: DrillCase['provider']): KeyInput[] {
  const slots = provider.slots ?? [undefined]
  return slots.map((slot) => ({ id: slot ?? 'invented', secret: newSecret(provider), slot }))
}

function slotOf({ slots }: DrillCase['provider'], id: string): string | undefined {
  return slots?.find((slot) => id.startsWith(`${slot}-`))
}

/** One digit of the delivery's number becomes another: still JSON, one byte off. */
function tampered({ headers, body }: Letter): Letter {
  const changed = Uint8Array.from(body)
  const place = '{"delivery":'.length
  changed[place] = (changed[place] ?? 0) ^ 1
  return { headers, body: changed }
}

/** Each digest under the other's name. */
function withSlotsExchanged({ headers, body }: Letter): Letter {
  const names = Object.keys(headers)
  const values = Object.values(headers).reverse()
  return { headers: Object.fromEntries(names.map((name, index) => [name, values[index] ?? ''])), body }
}
